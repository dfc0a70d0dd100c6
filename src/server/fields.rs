//! The fields of an address or a form (`application/x-www-form-urlencoded`).

use super::problem::Problem;

/// The fields of a request, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads fields.
    ///
    /// # Errors
    ///
    /// Status 400 for what is not UTF-8.
    pub(super) fn read(text: &[u8]) -> Result<Self, Problem> {
        let mut fields = Vec::new();
        for field in text.split(|byte| *byte == b'&').filter(|field| !field.is_empty()) {
            let mut halves = field.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            fields.push((name, decode(halves.next().unwrap_or_default())?));
        }
        Ok(Self(fields))
    }

    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The value of a field that may be there once.
    ///
    /// # Errors
    ///
    /// Status 400, if it is there more often.
    pub(super) fn one(&self, name: &str) -> Result<Option<String>, Problem> {
        let mut values = self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Problem::bad_request(
                format!("参数 `{name}` 出现不止一次"),
                format!("the parameter `{name}` is given more than once"),
            )),
            (value, None) => Ok(value.cloned()),
        }
    }
}

fn decode(text: &[u8]) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit =
            || ahead.next().and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (digit(), digit()) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = ahead;
                }
                _ => bytes.push(byte),
            },
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| Problem::bad_request("请求不是 UTF-8", "the request is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_strictly() {
        let fields =
            Fields::read("query=a+b%20%E5%B1%80&default-graph-uri=x&default-graph-uri=&y&q=%zz%4".as_bytes()).unwrap();
        assert_eq!(fields.one("query").unwrap().as_deref(), Some("a b 局"));
        assert_eq!(fields.all("default-graph-uri"), ["x", ""]);
        assert!(fields.has("y") && !fields.has("z") && fields.one("default-graph-uri").is_err());
        assert_eq!(fields.one("q").unwrap().as_deref(), Some("%zz%4"));
        assert!(Fields::read(b"query=%E5%B1").is_err());
    }
}
