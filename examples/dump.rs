//! d
#![expect(clippy::all, clippy::print_stdout, clippy::expect_used, reason = "scratch")]
use zeren::*;
fn main() {
    for path in std::env::args().skip(1) {
        let source = read::read_path(std::path::Path::new(&path)).expect("read");
        let doc = parse::parse(source);
        let text = doc.text.clone();
        let f = resolve::resolve(extract::extract(&doc));
        let tasks: Vec<_> = f.tasks.iter().map(|t| {
            let k = &t.task;
            serde_json::json!({"id": t.id, "label": k.label, "path": k.path, "text": k.text, "mode": k.mode.as_str(), "open": k.open, "inherited": k.inherited, "clause": k.clause, "title": k.title,
            "responsibilities": k.responsibilities.iter().zip(&t.parties).map(|(r, o)| { let org=&f.organisations[*o]; assert!(!text.slice(r.span).is_empty());
              serde_json::json!({"name": r.name, "role": r.role.as_str(), "basis": r.basis.as_str(), "confidence": r.confidence, "organisation": org.name, "printed": text.slice(r.span)})}).collect::<Vec<_>>(),
            "indicators": k.indicators.iter().map(|i| serde_json::json!({"name": i.name, "value": i.value, "value_max": i.value_max, "unit": i.unit, "comparator": i.comparator.as_str(), "soft": i.soft, "by": i.by.map(|d|d.to_string()), "printed": text.slice(i.span)})).collect::<Vec<_>>(),
            "deadlines": k.deadlines.iter().map(|d| serde_json::json!({"relation": d.relation.as_str(), "date": d.date.map(|d| d.to_string()), "duration": d.duration, "after": d.after, "text": d.text})).collect::<Vec<_>>(),
            "citations": k.citations.iter().map(|c| serde_json::json!({"number": c.number, "title": c.title, "relation": c.relation.as_str()})).collect::<Vec<_>>(),
            "findings": k.findings.iter().map(|x| x.message.en.clone()).collect::<Vec<_>>()})
        }).collect();
        println!(
            "{}",
            serde_json::json!({"document": {"id": f.id, "title": f.head.title, "number": f.head.number, "issuers": f.head.issuers, "issued": f.head.issued.map(|d| d.to_string()), "year": f.head.year, "kind": f.head.kind, "place": f.place.as_ref().map(|p| p.name.clone()), "based_on": f.head.based_on.iter().map(|c| c.number.clone().or(c.title.clone())).collect::<Vec<_>>(),
          "conventions": f.conventions.iter().map(|c| serde_json::json!([c.rule.as_str(), text.slice(c.span), c.from, c.to, c.bodies.iter().map(|b| b.0.clone()).collect::<Vec<_>>()])).collect::<Vec<_>>()},
          "tasks": tasks, "findings": f.findings.iter().map(|x| x.message.en.clone()).collect::<Vec<_>>()})
        );
    }
}
