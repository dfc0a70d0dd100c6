//! Pictures of documents and of a task.

use super::super::*;
use super::{options, own};
use crate::analysis::{Lineage, inherit as compared};
use crate::date::Date;
use crate::extract::{CitationRelation, Comparator, DeadlineRelation, Role};
use crate::knowledge::Knowledge;
use crate::network::Department;
use crate::notice::{Holder, Limit, Mandate, Notice, Quantity, Reference, References, Stub};
use crate::render::inherit::Several;
use crate::resolve::{MatchBasis, Place, established};

/// A document of a place with two tasks.
fn notice(code: &str, number: &str, day: Date, figure: f64) -> Notice {
    let place = Place::of_code(code).unwrap();
    let bureau = |key: &str| {
        Department::of(&established(Knowledge::shipped().bodies.by_key(key).unwrap(), &place, MatchBasis::Prefix))
    };
    let holder =
        |key: &str, role| Holder { body: bureau(key).into(), printed: "市卫生健康委".into(), role, span: None };
    let id = format!("{}document/{number}", crate::iri::BASE);
    let task = |label: &str, text: &str| Mandate {
        id: format!("{id}/task/{label}"),
        label: label.into(),
        text: text.into(),
        parties: vec![holder("health.wsjkwyh.pcx", Role::Lead)],
        ..Mandate::default()
    };
    let mut first = task("(一)", "做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。");
    first.indicators.push(Quantity {
        name: "重点人群<签约率>".into(),
        comparator: Comparator::AtLeast,
        value: figure,
        value_max: None,
        unit: "%".into(),
        by: None,
        soft: false,
        words: String::new(),
        confidence: 1.0,
        evidence: String::new(),
        span: None,
    });
    first.deadlines.push(Limit {
        relation: DeadlineRelation::By,
        date: Date::day(2024, 12, 31),
        duration: String::new(),
        words: "年底前".into(),
        span: None,
    });
    let second = match code {
        "330000" => task("(二)", "建设省级区域医疗中心，完善检查检验结果互认制度。"),
        _ => task("(二)", "开展残疾预防，\n扩大康复救助范围。"),
    };
    Notice {
        id: id.clone(),
        title: format!("关于印发{}医改任务的通知", place.name),
        number: number.into(),
        date: Some(day),
        place: Some(place),
        tasks: vec![first, second],
        ..Notice::default()
    }
}

pub(super) fn pair() -> [Notice; 2] {
    [
        notice("330000", "沄政办发〔2024〕12号", Date::day(2024, 3, 8).unwrap(), 75.0),
        notice("330600", "霖政办发〔2024〕20号", Date::day(2024, 5, 20).unwrap(), 70.0),
    ]
}

/// How two documents and one that is not held hang together.
fn descent(notices: &[Notice; 2]) -> Lineage {
    let [parent, child] = notices;
    let edge = |from: &Notice, to: &str| Reference {
        from: from.id.clone(),
        to: to.into(),
        relation: CitationRelation::BasedOn,
        words: String::new(),
        span: None,
    };
    let stub = Stub {
        id: "x/国办发〔2023〕9号".into(),
        number: "国办发〔2023〕9号".into(),
        issuer: "国务院办公厅".into(),
        ..Stub::default()
    };
    let references = References {
        edges: vec![edge(child, &parent.id), edge(parent, &stub.id)],
        stubs: [(stub.id.clone(), stub)].into(),
    };
    Lineage::of(notices, &references)
}

#[test]
fn what_became_of_the_tasks_above() {
    let [parent, child] = pair();
    let picture = inherit(&compared(&parent, &child, &[]), &options(Lang::En)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subgraph left {
        rank="same"
        a0[label="(一) 做实家庭医生\"签约\"服务，重点人\l群签约率达到要求，落实签约服务费政策。\lcarried\l△ figure loosened: 重点人群<签约率> ≥75% → ≥70%\l" width="5.7" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
        a1[label="(二) 建设省级区域医疗中心，完善检查检验结果互认制度。\l✗ missing\l" width="5.7" tooltip="(二) 建设省级区域医疗中心，完善检查检验结果互认制度。" shape="box" style="filled,rounded,dashed,bold" color="#b2182b" fillcolor="#fdf1f1"]
        a0 -> a1 [style="invis" weight="1"]
      }
      subgraph right {
        rank="same"
        b0[label="(一) 做实家庭医生\"签约\"服务，重点人\l群签约率达到要求，落实签约服务费政策。\l" width="5.7" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
        b1[label="(二) 开展残疾预防， 扩大康复救助范围。\lnew below\l" width="5.7" tooltip="(二) 开展残疾预防，\n扩大康复救助范围。" shape="box" style="filled,rounded,dotted" color="#6b6b6b" fillcolor="#f2f2f2"]
        b0 -> b1 [style="invis" weight="1"]
      }
      a0 -> b0 [style="invis" weight="0"]
      a0 -> b0 [style="solid" penwidth="3" color="#a6480a" arrowhead="vee" tailport="e" headport="w" tooltip="(一) → (一) carried 0.98"]
    }
    "##);
}

#[test]
fn documents_up_and_down_the_levels() {
    let notices = pair();
    let lineage = descent(&notices);
    let lines = lineage.lines.iter().map(|line| (1, line)).collect();
    let pairs = vec![compared(&notices[0], &notices[1], &[])];
    let all = Several { outlines: &notices, lineage: &lineage, lines, pairs, root: None, succession: None };
    let picture = crate::render::diagram::lineage(&all, Some(&notices[1]), &options(Lang::En)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subgraph level1 {
        rank="same"
        l1[label="state" shape="plaintext" fontsize="14" fillcolor="none"]
        n2[label="国办发〔2023〕9号\n(not held)" width="2.9" tooltip="国办发〔2023〕9号" shape="note" style="filled,dashed" color="#6b6b6b" fillcolor="white"]
        l1 -> n2 [style="invis" weight="0"]
      }
      subgraph level2 {
        rank="same"
        l2[label="province" shape="plaintext" fontsize="14" fillcolor="none"]
        n0[label="关于印发浙江省医改任务的通知\n沄政办发〔2024〕12号\n2024-03-08" width="2.9" tooltip="关于印发浙江省医改任务的通知" shape="note" style="filled" color="#5b4a1f" fillcolor="#f7f3e6"]
        l2 -> n0 [style="invis" weight="0"]
      }
      subgraph level3 {
        rank="same"
        l3[label="city" shape="plaintext" fontsize="14" fillcolor="none"]
        n1[label="关于印发绍兴市医改任务的通知\n霖政办发〔2024〕20号\n2024-05-20" width="2.9" tooltip="关于印发绍兴市医改任务的通知" shape="box" style="filled,bold" color="#08306b" fillcolor="#cfdcec"]
        l3 -> n1 [style="invis" weight="0"]
      }
      l1 -> l2 [style="invis" weight="1"]
      l2 -> l3 [style="invis" weight="1"]
      n0 -> n1 [style="solid" penwidth="1.4" color="#333333" arrowhead="normal" label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" bgcolor="#ffffff"><tr><td>based-on</td></tr><tr><td>1/2</td></tr></table>> tooltip="关于印发浙江省医改任务的通知 → 关于印发绍兴市医改任务的通知 based-on"]
      n2 -> n0 [style="solid" penwidth="1.4" color="#333333" arrowhead="normal" label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" bgcolor="#ffffff"><tr><td>based-on</td></tr></table>> tooltip="国办发〔2023〕9号 → 关于印发浙江省医改任务的通知 based-on"]
    }
    "##);
}

#[test]
fn one_task_and_what_is_around_it() {
    let notices = pair();
    let lineage = descent(&notices);
    let lines = lineage.lines.iter().map(|line| (1, line)).collect();
    let pairs = vec![compared(&notices[0], &notices[1], &[])];
    let above = Several { outlines: &notices, lineage: &lineage, lines, pairs, root: None, succession: None };
    let subject = Subject { notice: &notices[1], task: &notices[1].tasks[0], above: &above };
    let link = |iri: &str| iri.strip_prefix(crate::iri::BASE).map(|rest| format!("http://localhost/{rest}?a=1&b=2"));
    let options = Options { link: &link, ..options(Lang::Zh) };
    let picture = task(subject, &Captions::new(), &options).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subject[label="(一) 做实家庭医生\"签约\"服务，重点人\l群签约率达到要求，落实签约服务费政策。\l" width="4" fontsize="12" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。" shape="box" style="filled,bold" color="#08306b" fillcolor="#cfdcec" URL="http://localhost/document/霖政办发〔2024〕20号/task/(一)?a=1&amp;b=2"]
      subgraph left {
        rank="same"
        x0[label="《沄政办发〔2024〕12号》\n(一) 做实家庭医生\"签约\"服务，重点人\n群签约率达到要求，落实签约服务费政策。" width="3.2" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。\n0.98" shape="box" style="filled,rounded" color="#777777" fillcolor="white" URL="http://localhost/document/沄政办发〔2024〕12号/task/(一)?a=1&amp;b=2"]
        x1[label="绍兴市卫生健康委员会\n（市卫生健康委）\n牵头" width="3.2" tooltip="绍兴市卫生健康委员会" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6" URL="http://localhost/organisation/绍兴市卫生健康委员会?a=1&amp;b=2"]
        x0 -> x1 [style="invis" weight="1"]
      }
      x0 -> subject [style="solid" penwidth="1.4" color="#08519c" arrowhead="normal" tailport="e" tooltip="承接"]
      x1 -> subject [style="solid" penwidth="2.4" color="#08306b" arrowhead="normal" tailport="e" tooltip="牵头"]
      subgraph right {
        rank="same"
        x2[label="重点人群<签约率> ≥70%" width="3.2" tooltip="重点人群<签约率> ≥70%" shape="box" style="filled,diagonals" color="#3f6b3f" fillcolor="#eef5ec"]
        x3[label="时限 2024-12-31\n年底前" width="3.2" tooltip="年底前" shape="tab" style="filled" color="#5b3f6b" fillcolor="#f3eef6"]
        x2 -> x3 [style="invis" weight="1"]
      }
      subject -> x2 [style="solid" penwidth="0.8" color="#777777" arrowhead="none" headport="w" tooltip=""]
      subject -> x3 [style="solid" penwidth="0.8" color="#777777" arrowhead="none" headport="w" tooltip=""]
    }
    "##);
}
