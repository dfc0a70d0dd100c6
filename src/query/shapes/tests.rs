use super::*;

#[test]
fn the_shipped_shapes_are_understood_and_their_queries_run() {
    let shapes = Shapes::shipped().unwrap();
    assert!(shapes.len() > 150, "{}", shapes.len());
    assert_eq!(shapes.queries().unwrap().len(), shapes.len());
    assert!(shapes.check(&Oxigraph::new().unwrap().into()).unwrap().is_empty());
}
