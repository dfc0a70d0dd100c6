//! Where servers of known kinds take queries, updates and graphs.

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// This program's own.
    Zeren,
    /// Oxigraph.
    Oxigraph,
    /// Apache Jena Fuseki; the address is that of a data set.
    Fuseki,
    /// RDF4J and GraphDB; the address is that of a repository.
    Rdf4j,
    /// OpenLink Virtuoso.
    Virtuoso,
    /// QLever.
    Qlever,
    /// Any other: queries and updates at the one address, no graphs.
    Plain,
}

/// How a graph is removed by an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removal {
    Drop,
    Delete,
}

/// Where a server takes what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Queries.
    pub query: String,
    /// Updates.
    pub update: String,
    /// Graphs, by the Graph Store Protocol.
    pub graph_store: Option<String>,
    /// Whether the union of all documents has to be put into the default graph.
    pub fills_default: bool,
    pub(super) removal: Removal,
    /// Whether the entity tag of a graph is its digest.
    pub(super) tells_digests: bool,
}

impl Preset {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Zeren, Self::Oxigraph, Self::Fuseki, Self::Rdf4j, Self::Virtuoso, Self::Qlever, Self::Plain];

    /// The stable name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zeren => "zeren",
            Self::Oxigraph => "oxigraph",
            Self::Fuseki => "fuseki",
            Self::Rdf4j => "rdf4j",
            Self::Virtuoso => "virtuoso",
            Self::Qlever => "qlever",
            Self::Plain => "plain",
        }
    }

    /// The kind that an address looks like.
    pub fn guess(url: &str) -> Self {
        let path = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = path.split_once('/').map_or("", |(_, path)| path).trim_end_matches('/');
        match path {
            "" | "query" => Self::Oxigraph,
            _ if path.split('/').rev().nth(1) == Some("repositories") => Self::Rdf4j,
            _ => Self::Plain,
        }
    }

    /// Where a server of the kind takes what. The address is that of the server, of its data set or
    /// repository, or of its queries.
    pub fn target(self, url: &str, with_name: bool) -> Target {
        let url = url.trim_end_matches('/');
        let base = |ends: &[&str]| ends.iter().find_map(|end| url.strip_suffix(end)).unwrap_or(url).to_owned();
        let at = |base: &str, query: &str, update: &str, graphs: &str| Target {
            query: format!("{base}{query}"),
            update: format!("{base}{update}"),
            graph_store: Some(format!("{base}{graphs}")),
            fills_default: false,
            removal: Removal::Drop,
            tells_digests: self == Self::Zeren,
        };
        match self {
            Self::Zeren => at(&base(&["/query", "/sparql"]), "/query", "/update", "/store"),
            Self::Oxigraph => Target { fills_default: true, ..at(&base(&["/query"]), "/query", "/update", "/store") },
            Self::Fuseki => {
                Target { fills_default: true, ..at(&base(&["/query", "/sparql"]), "/query", "/update", "/data") }
            }
            Self::Rdf4j => at(url, "", "/statements", "/rdf-graphs/service"),
            Self::Virtuoso => {
                // the same again for those with a name
                let end = if with_name { "-auth" } else { "" };
                let target = at(&base(&["/sparql", "/sparql-auth"]), "/sparql", "/sparql", "/sparql-graph-crud");
                Target {
                    update: format!("{}{end}", target.update),
                    graph_store: target.graph_store.map(|url| format!("{url}{end}")),
                    ..target
                }
            }
            Self::Qlever => Target { graph_store: None, removal: Removal::Delete, ..at(url, "", "", "") },
            Self::Plain => Target { graph_store: None, fills_default: true, ..at(url, "", "", "") },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_from_one() {
        for (url, preset) in [
            ("http://localhost:7878", Preset::Oxigraph),
            ("http://localhost:7878/query", Preset::Oxigraph),
            ("http://a.example/rdf4j-server/repositories/tasks", Preset::Rdf4j),
            ("http://a.example/some/sparql", Preset::Plain),
        ] {
            assert_eq!(Preset::guess(url), preset, "{url}");
        }
        let fuseki = Preset::Fuseki.target("http://a.example/ds/query", false);
        assert_eq!(fuseki.graph_store.as_deref(), Some("http://a.example/ds/data"));
        let virtuoso = Preset::Virtuoso.target("http://a.example/sparql/", true);
        assert_eq!(
            (virtuoso.query.as_str(), virtuoso.update.as_str()),
            ("http://a.example/sparql", "http://a.example/sparql-auth")
        );
        assert_eq!(virtuoso.graph_store.as_deref(), Some("http://a.example/sparql-graph-crud-auth"));
    }
}
