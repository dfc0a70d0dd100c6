//! What a store is opened for, and where it keeps its graphs.

/// What a store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To answer questions; any number of programs may do so, also beside one that writes.
    ReadOnly,
    /// To change documents; one program at a time. A missing store is created.
    Write,
    /// To change documents and ask nothing: graphs that are files are checked, not read into memory.
    Fill,
}

/// Where a store keeps its graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// As files of N-Quads, with an index beside them.
    Files,
    /// In oxigraph's database on disk.
    #[cfg(feature = "rocksdb")]
    RocksDb,
}

impl Backend {
    /// The backend of a new store.
    #[cfg(not(feature = "rocksdb"))]
    pub const DEFAULT: Self = Self::Files;
    /// The backend of a new store.
    #[cfg(feature = "rocksdb")]
    pub const DEFAULT: Self = Self::RocksDb;

    /// The stable name of the backend.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Files => "files",
            #[cfg(feature = "rocksdb")]
            Self::RocksDb => "rocksdb",
        }
    }

    /// Reads the stable name; none of a backend that the program was built without.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "files" => Some(Self::Files),
            #[cfg(feature = "rocksdb")]
            "rocksdb" => Some(Self::RocksDb),
            _ => None,
        }
    }
}
