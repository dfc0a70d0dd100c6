//! The user's language.

use std::ffi::OsString;

use zeren::diagnostic::Lang;

/// The language by `--lang`, else by the locale. Looked up before arguments are parsed, since their
/// errors speak it too.
pub(super) fn choose(words: &[OsString]) -> Lang {
    let mut words = words.iter().skip(1).map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next().map(std::borrow::Cow::into_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        match value.as_deref() {
            Some("zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    of_locale(&set.or_else(sys_locale::get_locale).unwrap_or_default())
}

/// Chinese for `zh`, `zh_CN.UTF-8`, `zh-Hans`; English for all else, `C` and `POSIX` among it.
fn of_locale(locale: &str) -> Lang {
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("zh") { Lang::Zh } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_goes_before_the_locale() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(choose(&words("zeren --lang zh query")), Lang::Zh);
        assert_eq!(choose(&words("zeren query --lang=en")), Lang::En);
        for (locale, lang) in
            [("zh_CN.UTF-8", Lang::Zh), ("zh", Lang::Zh), ("C", Lang::En), ("POSIX", Lang::En), ("zhx", Lang::En)]
        {
            assert_eq!(of_locale(locale), lang, "{locale}");
        }
    }
}
