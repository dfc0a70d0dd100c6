//! Why a source could not be read, and what to do about it.

use std::io;

use thiserror::Error;

use crate::diagnostic::{Lang, io_words};

/// Why a source could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file system refused.
    #[error("cannot read the file: {0}")]
    Io(#[source] io::Error),
    /// The path is a folder.
    #[error("this is a folder, not a document")]
    Directory,
    /// There is no text.
    #[error("the file is empty")]
    Empty,
    /// A page whose words are not in it: they lie in frames, or scripts fetch them.
    #[error("the page has no text of its own, it loads it from elsewhere")]
    PageWithoutText,
    /// The bytes are of a known form that is not read.
    #[error("this is a {0} file, which is not read")]
    Container(Container),
    /// A zip container is broken or encrypted.
    #[error("the container cannot be opened: {0}")]
    Archive(String),
    /// An office document needs a password.
    #[error("the document is encrypted")]
    Encrypted,
    /// A ledger that zeren wrote, of any number of documents.
    #[error("this is a ledger that zeren wrote, not a document")]
    Ledger,
    /// A ledger that zeren wrote, saved in the form of the old Office.
    #[error("this is a ledger that zeren wrote, saved as .xls, which is not read back")]
    OldLedger,
    /// A part of a container unpacks to more than is read.
    #[error("the document unpacks to too much")]
    TooLarge,
    /// The elements of a page lie in each other by the ten thousands.
    #[error("the elements of the page lie too deep in each other")]
    TooDeep,
    /// A part of a container is no XML.
    #[error("the document is damaged: {0}")]
    Xml(#[source] roxmltree::Error),
    /// A PDF cannot be opened.
    #[error("the PDF is damaged: {0}")]
    Pdf(String),
    /// A PDF needs a password.
    #[error("the PDF is encrypted")]
    PdfEncrypted,
    /// A PDF of pictures.
    #[error("the PDF has no text, only pictures of pages")]
    PdfWithoutText,
    /// A PDF whose fonts do not tell what their characters mean.
    #[error("the fonts of the PDF cannot be decoded")]
    PdfGarbled,
    /// The bytes are not of the form that the name of the file says.
    #[error("the file is damaged: it is no {0}")]
    NotAsNamed(String),
    /// The bytes are no text.
    #[error("this is not a text: byte {offset} is {byte:#04x}")]
    Binary {
        /// Offset in bytes from 0.
        offset: usize,
        /// The byte there.
        byte: u8,
    },
    /// No encoding makes sense of the bytes.
    #[error("the text is damaged or of an unknown encoding: {bad} of {all} characters cannot be decoded as {encoding}")]
    Encoding {
        /// The encoding that fits best.
        encoding: &'static str,
        /// Characters that it cannot decode.
        bad: usize,
        /// All characters.
        all: usize,
    },
}

/// Forms that are known and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Portable Document Format.
    Pdf,
    /// A zip archive that holds none of the documents that are read.
    Zip,
    /// Open Fixed-layout Document, the national standard GB/T 33190.
    Ofd,
    /// A text or presentation in OpenDocument.
    OpenDocument,
    /// A presentation.
    Slides,
    /// A text of the old Office or of WPS.
    Doc,
    /// The old Office container: DOC, XLS, WPS.
    Ole,
    /// A text or workbook of Office in one XML file.
    OfficeXml,
    /// A page of the web with all its parts in one file, as browsers save it: MHT.
    WebArchive,
    /// Rich Text Format.
    Rtf,
    /// A picture.
    Picture,
}

impl Container {
    fn chinese(self) -> &'static str {
        match self {
            Self::Pdf => " PDF 文件",
            Self::Zip => "压缩文件，里面没有 DOCX、XLSX 或 ODS 文档",
            Self::Ofd => " OFD 版式文件",
            Self::OpenDocument => " OpenDocument 文本（ODT）",
            Self::Slides => "演示文稿",
            Self::Doc => "旧版 Word 或 WPS 文字文件（DOC、WPS）",
            Self::Ole => "已损坏的 XLS 或其他 OLE 文件",
            Self::OfficeXml => " Office 的 XML 文件",
            Self::WebArchive => "网页归档文件（MHT）",
            Self::Rtf => " RTF 文件",
            Self::Picture => "图片",
        }
    }
}

impl std::fmt::Display for Container {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pdf => "PDF",
            Self::Zip => "zip",
            Self::Ofd => "OFD",
            Self::OpenDocument => "OpenDocument text (ODT)",
            Self::Slides => "presentation",
            Self::Doc => "DOC or WPS",
            Self::Ole => "damaged XLS or other OLE",
            Self::OfficeXml => "Office XML",
            Self::WebArchive => "web archive (MHT)",
            Self::Rtf => "RTF",
            Self::Picture => "picture",
        })
    }
}

impl ReadError {
    /// What is the case, in one language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => {
                let words = io_words(error, lang);
                lang.pick(&format!("无法读取文件：{words}"), &format!("cannot read the file: {words}")).to_owned()
            }
            _ if lang == Lang::En => self.to_string(),
            Self::Directory => "这是文件夹，不是文件".to_owned(),
            Self::Empty => "文件是空的".to_owned(),
            Self::PageWithoutText => "网页里没有正文，正文在框架里或由脚本载入".to_owned(),
            Self::Container(container) => format!("这是{}，不能直接读取", container.chinese()),
            Self::Archive(_) => "无法打开：压缩包已损坏或已加密".to_owned(),
            Self::Encrypted => "文件已加密".to_owned(),
            Self::Ledger => "这是 zeren 写出的台账，不是文件".to_owned(),
            Self::OldLedger => "这是 zeren 写出的台账，已存成 .xls，不能读回".to_owned(),
            Self::TooLarge => "解压后过大".to_owned(),
            Self::TooDeep => "网页的元素嵌套过深".to_owned(),
            Self::Xml(error) => {
                let place = error.pos();
                format!("文件已损坏：其中的 XML 第 {} 行第 {} 列有误", place.row, place.col)
            }
            Self::Pdf(_) => "PDF 文件已损坏".to_owned(),
            Self::PdfEncrypted => "PDF 文件已加密".to_owned(),
            Self::PdfWithoutText => "PDF 文件只有页面图片，没有文字".to_owned(),
            Self::PdfGarbled => "PDF 文件的字体无法解读".to_owned(),
            Self::NotAsNamed(form) => format!("文件已损坏：内容不是 {form}"),
            Self::Binary { offset, byte } => format!("这不是文本：第 {offset} 字节是 {byte:#04x}"),
            Self::Encoding { encoding, bad, all } => {
                format!("文本已损坏或编码不明：按 {encoding} 解码，{all} 个字符中有 {bad} 个无法识别")
            }
        }
    }

    /// What to do about it, in one language.
    pub fn hint(&self, lang: Lang) -> Option<&'static str> {
        Some(match self {
            Self::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                lang.pick("请检查路径是否正确", "check the path")
            }
            Self::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                lang.pick("请检查文件的读取权限", "check that you may read it")
            }
            Self::Io(_) => return None,
            Self::Directory => lang.pick("`zeren build` 可以读取整个文件夹", "`zeren build` reads whole folders"),
            Self::Empty => lang.pick("请重新下载或重新保存", "fetch or save it again"),
            Self::Container(Container::Picture) | Self::PdfWithoutText => {
                lang.pick("请先做文字识别（OCR），再另存为文本", "recognise its text (OCR) first and save it as text")
            }
            Self::Container(Container::Pdf) => lang.pick(
                "请另存为 DOCX、HTML 或 UTF-8 文本；用 `--features pdf` 编译的 zeren 可以直接读取",
                "save it as DOCX, HTML or UTF-8 text; a zeren built with `--features pdf` reads it",
            ),
            Self::Pdf(_) | Self::PdfGarbled => lang.pick(
                "请重新下载，或另存为 DOCX、HTML 或 UTF-8 文本",
                "fetch it again, or save it as DOCX, HTML or UTF-8 text",
            ),
            Self::PdfEncrypted | Self::Encrypted => lang.pick("请去掉密码后另存", "save it again without a password"),
            Self::Container(Container::Ofd) => lang.pick(
                "请用 OFD 阅读器或 WPS 打开后另存为 PDF、DOCX 或文本",
                "open it in an OFD reader or WPS and save it as PDF, DOCX or text",
            ),
            Self::Container(Container::Doc | Container::OpenDocument) => lang.pick(
                "请用 WPS、Word 或 LibreOffice 打开后另存为 DOCX",
                "open it in WPS, Word or LibreOffice and save it as DOCX",
            ),
            Self::TooDeep => lang.pick("请把正文另存为文本", "save its words as text"),
            Self::PageWithoutText => lang.pick(
                "请在浏览器里打开，复制正文另存为文本，或下载页面所附的文件",
                "open it in a browser and save its words as text, or fetch the file that it offers",
            ),
            Self::Container(Container::WebArchive) => lang.pick(
                "请在浏览器里打开后另存为“网页，仅 HTML”",
                "open it in a browser and save it as a web page, HTML only",
            ),
            Self::Container(Container::OfficeXml) => lang.pick(
                "请用 WPS、Word 或 Excel 打开后另存为 DOCX 或 XLSX",
                "open it in WPS, Word or Excel and save it as DOCX or XLSX",
            ),
            Self::Container(Container::Zip) => {
                lang.pick("请解压后逐个读取里面的文件", "unpack it and give the files in it")
            }
            Self::Container(_) => {
                lang.pick("请另存为 DOCX、XLSX、HTML 或 UTF-8 文本", "save it as DOCX, XLSX, HTML or UTF-8 text")
            }
            Self::Archive(_) | Self::Xml(_) => lang.pick(
                "请用办公软件打开后另存一份（不加密）",
                "open it in an office program and save it again, not encrypted",
            ),
            Self::Ledger => lang.pick("用 `zeren build` 读回", "`zeren build` reads it back"),
            Self::OldLedger => lang
                .pick("请另存为 .xlsx，再用 `zeren build` 读回", "save it as .xlsx, and `zeren build` reads it back"),
            Self::TooLarge => lang.pick("请拆分文件", "split the document"),
            Self::NotAsNamed(_) => lang.pick("请重新下载，或重新另存", "fetch it again, or save it again"),
            Self::Binary { .. } => lang.pick("请提供文本、HTML 或 CSV 文件", "give a text, HTML or CSV file"),
            Self::Encoding { .. } => lang.pick("请用 UTF-8 或 GB18030 重新保存", "save it again as UTF-8 or GB18030"),
        })
    }
}
