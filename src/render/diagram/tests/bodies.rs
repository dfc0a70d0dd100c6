//! Pictures of one body, and of bodies with each other.

use super::super::*;
use super::{options, own, plan, view};
use crate::analysis::overlap::overlap as measured;
use crate::analysis::{Selection, narrow, profile};
use crate::date::Date;
use crate::extract::DeadlineRelation;
use crate::knowledge::Knowledge;
use crate::network::{Department, Network, Node};
use crate::notice::{Limit, Mandate, Notice};
use crate::resolve::{MatchBasis, Place, established};

/// One body of a network of the first tasks of a plan.
fn part_of_plan(tasks: usize) -> (Network, Captions) {
    let (mut network, captions) = plan(1);
    network.graph.retain_nodes(|graph, index| match &graph[index] {
        Node::Task(task) => task.seq <= tasks,
        Node::Department(_) => true,
    });
    (narrow(&network, &Selection { top: Some(15), ..Selection::default() }), captions)
}

#[test]
fn one_body_and_its_tasks() {
    let (network, captions) = part_of_plan(3);
    let body = network.departments().find(|(_, body)| body.label == "哈尔滨市卫生和计划生育委员会").unwrap().1;
    let mut notice = Notice::default();
    let dated = network.tasks().next().unwrap().1.id.clone();
    let date = Limit {
        relation: DeadlineRelation::By,
        date: Date::day(2017, 9, 30),
        duration: String::new(),
        words: String::new(),
        span: None,
    };
    notice.tasks.push(Mandate { id: dated, deadlines: vec![date], ..Mandate::default() });
    let picture = crate::render::diagram::body(&network, body, &[notice], &captions, &options(Lang::En)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subgraph left {
        rank="same"
        pt10[label="" shape="point" style="invis" width="0.01" height="0.01"]
        pt8[label="" shape="point" style="invis" width="0.01" height="0.01"]
        subject[label="哈尔滨市卫生和\n计划生育委员会\nlead 1\nco-lead 1" fontsize="13" tooltip="哈尔滨市卫生和计划生育委员会" shape="box" style="filled,bold" color="#08306b" fillcolor="#cfdcec"]
        pt10 -> pt8 [style="invis" weight="1"]
        pt8 -> subject [style="invis" weight="1"]
      }
      pt10 -> t10 [style="invis" weight="0"]
      pt8 -> t8 [style="invis" weight="0"]
      subject -> t8 [style="invis" weight="1"]
      subgraph cluster_r0 {
        label="lead\l"
        labeljust="l"
        style="filled"
        tooltip="lead"
        color="#aab6c2"
        fillcolor="#f4f6f8"
        fontsize="12"
        t10[label="(3) 试行按病种付费，覆盖病种达到120个\l" width="5.7" tooltip="(3) 试行按病种付费，覆盖病种达到120个" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
      }
      subgraph cluster_r1 {
        label="co-lead\l"
        labeljust="l"
        style="filled"
        tooltip="co-lead"
        color="#aab6c2"
        fillcolor="#f4f6f8"
        fontsize="12"
        t8[label="(1) 每个区、县（市）办好1个运转顺畅的“医联体”\ldue 2017-09-30\l" width="5.7" tooltip="(1) 每个区、县（市）办好1个运转顺畅的“医联体”" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
      }
      subgraph right {
        rank="same"
        d4[label="哈尔滨市教育局" width="2.5" tooltip="哈尔滨市教育局" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6"]
        d2[label="哈尔滨市人力资源和社会保障局" width="2.5" tooltip="哈尔滨市人力资源和社会保障局" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6"]
        d5[label="哈尔滨市商务局" width="2.5" tooltip="哈尔滨市商务局" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6"]
        d7[label="各区、县（市）人民政府" width="2.5" tooltip="各区、县（市）人民政府" shape="box" style="filled,dashed,rounded" color="#333333" fillcolor="#f2f2f2"]
        d4 -> d2 [style="invis" weight="1"]
        d2 -> d5 [style="invis" weight="1"]
        d5 -> d7 [style="invis" weight="1"]
      }
      t10 -> d4 [style="invis" weight="1"]
      t10 -> d2 [style="invis" weight="1"]
      t8 -> d5 [style="invis" weight="1"]
      t8 -> d7 [style="invis" weight="1"]
      subject -> t10 [style="solid" penwidth="2.4" color="#08306b" arrowhead="normal" tailport="e" headport="w" constraint="false" tooltip="哈尔滨市卫生和计划生育委员会 lead (3)"]
      subject -> t8 [style="solid" penwidth="1.3" color="#08519c" arrowhead="onormal" tailport="e" headport="w" constraint="false" tooltip="哈尔滨市卫生和计划生育委员会 co-lead (1)"]
      d2 -> t8 [style="dotted" penwidth="1.2" color="#6b6b6b" arrowhead="odot" tailport="w" headport="e" constraint="false" tooltip="哈尔滨市人力资源和社会保障局 supporting (1)"]
      d4 -> t10 [style="dotted" penwidth="1.2" color="#6b6b6b" arrowhead="odot" tailport="w" headport="e" constraint="false" tooltip="哈尔滨市教育局 supporting (3)"]
      d7 -> t8 [style="dotted" penwidth="1.2" color="#6b6b6b" arrowhead="odot" tailport="w" headport="e" constraint="false" tooltip="各区、县（市）人民政府 supporting (1)"]
      d5 -> t8 [style="solid" penwidth="1.3" color="#08519c" arrowhead="onormal" tailport="w" headport="e" constraint="false" tooltip="哈尔滨市商务局 co-lead (1)"]
    }
    "##);
}

#[test]
fn who_works_with_whom() {
    let (network, captions) = part_of_plan(4);
    let links = measured(&network, false);
    let picture = overlap(&view(&network, &links), &captions, &options(Lang::Zh)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      d0[label="哈尔滨市卫生和\n计划生育委员会\n2 项任务，3 个部门" pos="1.47,0.00!" width="1.9" tooltip="哈尔滨市卫生和计划生育委员会\n2 项任务，3 个部门\n社群 1" shape="box" style="filled,bold" color="#08306b" fillcolor="#b9cde4"]
      d1[label="哈尔滨市人力资\n源和社会保障局\n1 项任务，2 个部门" pos="-1.47,0.00!" width="1.9" tooltip="哈尔滨市人力资源和社会保障局\n1 项任务，2 个部门\n社群 1" shape="box" style="filled,bold" color="#08306b" fillcolor="#b9cde4"]
      d2[label="哈尔滨市医疗保障局\n1 项任务，2 个部门" pos="-4.30,-0.98!" width="1.9" tooltip="哈尔滨市医疗保障局\n1 项任务，2 个部门\n社群 2" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d4[label="哈尔滨市机构编\n制委员会办公室\n1 项任务，2 个部门" pos="0.57,-2.54!" width="1.9" tooltip="哈尔滨市机构编制委员会办公室\n1 项任务，2 个部门\n社群 2" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d5[label="哈尔滨市财政局\n2 项任务，2 个部门" pos="4.59,-0.42!" width="1.9" tooltip="哈尔滨市财政局\n2 项任务，2 个部门\n社群 2" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d6[label="哈尔滨市教育局\n1 项任务，1 个部门" pos="2.19,2.26!" width="1.9" tooltip="哈尔滨市教育局\n1 项任务，1 个部门\n社群 1" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d3[label="哈尔滨市商务局\n1 项任务，2 个部门" pos="-3.29,1.81!" width="1.9" tooltip="哈尔滨市商务局\n1 项任务，2 个部门\n社群 1" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d1 -> d3 [penwidth="1.0" dir="back" color="#5b6b7a" tooltip="哈尔滨市人力资源和社会保障局 – 哈尔滨市商务局：1 项共同任务"]
      d4 -> d2 [penwidth="1.0" dir="back" color="#5b6b7a" tooltip="哈尔滨市机构编制委员会办公室 – 哈尔滨市医疗保障局：1 项共同任务"]
      d0 -> d1 [penwidth="1.0" dir="forward" color="#5b6b7a" tooltip="哈尔滨市卫生和计划生育委员会 – 哈尔滨市人力资源和社会保障局：1 项共同任务"]
      d0 -> d3 [penwidth="1.0" dir="none" color="#5b6b7a" tooltip="哈尔滨市卫生和计划生育委员会 – 哈尔滨市商务局：1 项共同任务"]
      d0 -> d6 [penwidth="1.0" dir="forward" color="#5b6b7a" tooltip="哈尔滨市卫生和计划生育委员会 – 哈尔滨市教育局：1 项共同任务"]
      d5 -> d2 [penwidth="1.0" dir="back" color="#5b6b7a" tooltip="哈尔滨市财政局 – 哈尔滨市医疗保障局：1 项共同任务"]
      d5 -> d4 [penwidth="1.0" dir="none" color="#5b6b7a" tooltip="哈尔滨市财政局 – 哈尔滨市机构编制委员会办公室：1 项共同任务"]
    }
    "##);
}

#[test]
fn a_body_through_the_reforms() {
    let place = Place::of_code("330600").unwrap();
    let kind = Knowledge::shipped().bodies.by_key("health.wsjkwyh.pcx").unwrap();
    let department = Department::of(&established(kind, &place, MatchBasis::Prefix));
    let picture = reform(&profile(&Network::default(), &department), &options(Lang::Zh)).unwrap();
    let dot = &picture.dot;
    for words in ["绍兴市卫生局", "绍兴市卫生和计划生育委员会", "绍兴市医疗保障局", "职能划转", "label=\"2018\""]
    {
        assert!(dot.contains(words), "{words}: {dot}");
    }
    // the whole work passes in full lines, one function in dashes
    let drawn = |style: &str| dot.lines().filter(|line| line.contains(" -> ") && line.contains(style)).count();
    assert!(drawn("style=\"solid\"") >= 4 && drawn("style=\"dashed\"") >= 4, "{dot}");
}
