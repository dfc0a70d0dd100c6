//! What reading and extraction themselves meet: the checks stand in those stages, the explanations here.

use crate::lint::rule::rule;

rule! {
    /// # 有无法解码的字符
    /// # characters that cannot be decoded
    ///
    /// ## 查什么
    /// 文件里有按其编码解不出来的字节，或 PDF 中对不上字的字形。
    /// ## What it finds
    /// Bytes that the encoding of the file does not have, or glyphs of a PDF that stand for no known character.
    /// ## 为什么
    /// 解不出的可能正是单位名称或数字。
    /// ## Why it matters
    /// What is lost may be a name or a figure.
    /// ## Wrong
    /// ```bytes
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设，完善运行机制，统一人员、财务和药品管理。（县卫生健康局负责）
    /// （二）落实补助\xff金，及时足额拨付到位，加强使用监督。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ```
    UNDECODABLE: Undecodable, None
}

rule! {
    /// # 这是网站的错误页面
    /// # an error page of a web server
    ///
    /// ## 查什么
    /// 下载下来的不是文件正文，而是“页面不存在”一类的提示。
    /// ## What it finds
    /// A page that says that the document is not there, saved in its stead.
    /// ## 为什么
    /// 正文没有下载到，要重新下载。
    /// ## Why it matters
    /// The document itself must be fetched again.
    /// ## Wrong
    /// ```html
    /// <html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>
    /// ```
    /// ## Right
    /// ```html
    /// <html><body><p>林河县2023年重点工作任务</p><p>一、主要任务</p><p>（一）推进医共体建设。（县卫生健康局负责）</p></body></html>
    /// ```
    ERROR_PAGE: ErrorPage, None
}

rule! {
    /// # 没有找到任务
    /// # no task was found
    ///
    /// ## 查什么
    /// 全文没有一项带责任单位的任务。
    /// ## What it finds
    /// A document in which nothing is said to be anybody's.
    /// ## 为什么
    /// 要么这不是任务文件，要么责任单位的写法程序不认识。
    /// ## Why it matters
    /// Either this is no task notice, or its way of naming the responsible is not understood.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ```
    NO_TASK: NoTask, None
}

rule! {
    /// # 没有找到标题
    /// # no title was found
    ///
    /// ## 查什么
    /// 正文开头没有像标题的一行。
    /// ## What it finds
    /// A document that does not begin with something like a title.
    /// ## 为什么
    /// 标题说明是哪里、哪一年、什么文件；缺了就无法归档和引用。
    /// ## Why it matters
    /// The title says whose document it is, of what year and what kind: without it nobody can file or cite it.
    /// ## Wrong
    /// ```text
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ```
    NO_TITLE: NoTitle, None
}

rule! {
    /// # 没有成文日期
    /// # no date of issue was found
    ///
    /// ## 查什么
    /// 落款、题注和网页信息中都没有成文日期。
    /// ## What it finds
    /// A document that is not dated, neither at its end nor below its title.
    /// ## 为什么
    /// 时限、单位名称、引用文件是否合理，都要对着成文日期看。
    /// ## Why it matters
    /// Limits, names and citations are judged by the date of the document.
    /// ## Wrong
    /// ```text
    /// 林河县人民政府办公室关于印发重点工作任务的通知
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县人民政府办公室关于印发重点工作任务的通知
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    NO_DATE: NoDate, None
}

rule! {
    /// # 不知道是哪里的文件
    /// # the place of the document is not known
    ///
    /// ## 查什么
    /// 标题、发文机关、文号都看不出属于哪个省、市、县。
    /// ## What it finds
    /// A document whose title, issuer and number name no province, city or county.
    /// ## 为什么
    /// “县财政局”是哪个县的，要靠它来定。
    /// ## Why it matters
    /// It decides whose 县财政局 is meant.
    /// ## Wrong
    /// ```text
    /// 关于印发重点工作任务的通知
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县关于印发重点工作任务的通知
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ```
    NO_PLACE: NoPlace, None
}

rule! {
    /// # 台账表头有不认识的项
    /// # an unknown line in the head of a ledger
    ///
    /// ## 查什么
    /// 台账表头“名称、值”两栏中，名称不是标题、发文字号、发文机关、成文日期、行政区划、上级文件、规则之一。
    /// ## What it finds
    /// A pair of name and value above the table whose name is none of those that say something of the document.
    /// ## 为什么
    /// 写错一个字，这一项就不起作用。
    /// ## Why it matters
    /// A misspelt name has no effect.
    /// ## Wrong
    /// ```csv
    /// 标题,林河县2023年重点工作任务台账,,
    /// 发文自号,林政办发〔2023〕5号,,
    /// 序号,重点任务,牵头单位,配合单位
    /// 1,推进医共体建设,县卫生健康局,县医保局
    /// ```
    /// ## Right
    /// ```csv
    /// 标题,林河县2023年重点工作任务台账,,
    /// 发文字号,林政办发〔2023〕5号,,
    /// 序号,重点任务,牵头单位,配合单位
    /// 1,推进医共体建设,县卫生健康局,县医保局
    /// ```
    UNKNOWN_HEAD_LINE: UnknownHeadLine, None
}

rule! {
    /// # 表格行与表头对不上
    /// # a row does not fit the columns of its table
    ///
    /// ## 查什么
    /// 某一行的单元格数与表头不同。
    /// ## What it finds
    /// A row with more or fewer cells than the header.
    /// ## 为什么
    /// 漏了空单元格，后面的内容会错到别的栏里，配合单位变成牵头单位。
    /// ## Why it matters
    /// Where an empty cell is missing, what follows stands in the wrong columns.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务台账
    /// 序号	重点任务	牵头单位	配合单位
    /// 1	推进医共体建设	县卫生健康局	县医保局
    /// 2	落实补助资金	县财政局	县卫生健康局	按季度拨付	加强监督检查
    /// 3	推行按病种付费	县医保局	县卫生健康局
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务台账
    /// 序号	重点任务	牵头单位	配合单位
    /// 1	推进医共体建设	县卫生健康局	县医保局
    /// 2	落实补助资金，按季度拨付，加强监督检查	县财政局	县卫生健康局
    /// 3	推行按病种付费	县医保局	县卫生健康局
    /// ```
    RAGGED_ROW: RaggedRow, None
}

rule! {
    /// # 像责任条款，但没有读懂
    /// # a clause that could not be read
    ///
    /// ## 查什么
    /// 括号里有“负责”一类的字，却认不出单位。
    /// ## What it finds
    /// Brackets that end like a responsibility clause and in which no body is recognised.
    /// ## 为什么
    /// 程序读不懂的，人也常常读不懂；至少这一项要人工核对。
    /// ## Why it matters
    /// What the program cannot read, people often cannot either; at least this task must be looked at.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（按上年做法各自分头负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    UNREAD_CLAUSE: UnreadClause, None
}

rule! {
    /// # 像规定谁牵头的规则，但没有读懂
    /// # a rule on who leads that cannot be followed
    ///
    /// ## 查什么
    /// 文中说“加粗的为牵头单位”“下划线单位为牵头部门”，而文本里看不出加粗、下划线。
    /// ## What it finds
    /// Words such as 下划线单位为牵头部门 (underlined bodies lead), where the text has no such marks any more.
    /// ## 为什么
    /// 复制成纯文本，标记就丢了，谁牵头也就无从知道。
    /// ## Why it matters
    /// Copied as plain text the marks are lost, and nobody can tell who leads.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// （下划线单位为牵头部门）
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局负责）
    /// （二）落实补助资金。（县财政局、县卫生健康局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// （列第一位的为牵头部门，下同）
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局负责）
    /// （二）落实补助资金。（县财政局、县卫生健康局负责）
    /// ```
    UNREAD_RULE: UnreadRule, None
}

rule! {
    /// # 单位名称缺字
    /// # a name lacks its last character
    ///
    /// ## 查什么
    /// 单位名称少了“局”“委”等字，而文中别处写全了，如“市人力社保、”。
    /// ## What it finds
    /// A name without its ending (局, 委 …) that the same document prints in full elsewhere.
    /// ## 为什么
    /// 漏字的单位在汇总时对不上；程序按全称补全，请改正原文。
    /// ## Why it matters
    /// It matches nothing when tasks are collected. The program completes it; the text should be mended.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县人力社保、县财政局按职责分工负责）
    /// （二）充实人员力量。（县人力社保局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县人力社保局、县财政局按职责分工负责）
    /// （二）充实人员力量。（县人力社保局负责）
    /// ```
    REPAIRED_NAME: RepairedName, None
}

rule! {
    /// # 看不出是不是单位
    /// # a party that may be no body
    ///
    /// ## 查什么
    /// 责任单位的位置上，写的既不在登记表里，也不像单位名称。
    /// ## What it finds
    /// Words in the place of a party that the registry does not have and that do not end as names of bodies do.
    /// ## 为什么
    /// 多半是漏了字、多了字，或者混进了别的话。
    /// ## Why it matters
    /// A character is missing or too many, or other words slipped in.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县尚未定、县医保局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县民政局、县医保局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    DOUBTFUL_PARTY: DoubtfulParty, None
}

rule! {
    /// # 期限没有年份
    /// # time limits without a year
    ///
    /// ## 查什么
    /// 期限只写“6月底前”“年底前”，而标题、文号、落款都没有年份。
    /// ## What it finds
    /// Limits such as 6月底前 or 年底前, in a document whose title, number and signature give no year.
    /// ## 为什么
    /// 不知道是哪一年的期限，到期提醒和对照都没法做，这些期限不计入。
    /// ## Why it matters
    /// Nobody can tell when they are due, so they are left out of what is due and of all comparisons.
    /// ## Wrong
    /// ```text
    /// 林河县重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设，6月底前完成。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设，6月底前完成。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    NO_YEAR: NoYear, None
}

rule! {
    /// # 登记表中没有这家单位
    /// # a body that the registry does not have
    ///
    /// ## 查什么
    /// 单位不在程序所带的登记表里，只能按印出的名称另立一家。默认不显示，用 `--select ZR208` 查看。
    /// ## What it finds
    /// A body that the registry lacks; it is formed from its printed name. Shown only when asked for with
    /// `--select ZR208`.
    /// ## 为什么
    /// 医院、企业、临时机构本来就不在表里，这不是文件的错；做统计时有用。
    /// ## Why it matters
    /// Hospitals, companies and temporary bodies are not in the registry, and that is no fault of the document; but
    /// who compares documents wants to know.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县供热服务中心按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    MINTED_BODY: MintedBody, None
}

rule! {
    /// # 已认可的提示不再出现
    /// # an accepted finding is no longer there
    ///
    /// ## 查什么
    /// 文件旁的 `通知.lint.toml` 认可了一处提示，现在文中已没有这一处。
    /// ## What it finds
    /// An entry of `draft.lint.toml` beside `draft.docx` that matches no finding any more.
    /// ## 为什么
    /// 留着它，将来真有问题时会被一并放过。
    /// ## Why it matters
    /// Left there, it would let a later mistake pass.
    /// ## Wrong
    /// ```toml
    /// [[accept]]
    /// code = "unknown-body"
    /// words = "县供热办"
    /// why = "2023年新设"
    /// ```
    /// ## Right
    /// ```toml
    /// ```
    UNUSED_ACCEPTANCE: UnusedAcceptance, None
}

rule! {
    /// # 表格的一行沿用了上一行的责任单位
    /// # a row takes its parties from the row above
    ///
    /// ## 查什么
    /// 表格里看不出哪些单元格是合并的（如网页转成的文字、CSV），一行没有责任单位，只能当作与上一行合并。
    /// ## What it finds
    /// In a table that does not tell which cells are merged (text made from a page, CSV), a row without parties, taken
    /// to share the cell of the row above.
    /// ## 为什么
    /// 如果原表这一格本来就是空的，责任单位就安错了。
    /// ## Why it matters
    /// If that cell was empty in the original, the task is given to the wrong bodies.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务台账
    /// 序号	重点任务	牵头单位	配合单位
    /// 1	推进医共体建设	县卫生健康局	县医保局
    /// 2	落实补助资金
    /// 3	推行按病种付费	县医保局	县卫生健康局
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务台账
    /// 序号	重点任务	牵头单位	配合单位
    /// 1	推进医共体建设	县卫生健康局	县医保局
    /// 2	落实补助资金	县财政局	县卫生健康局
    /// 3	推行按病种付费	县医保局	县卫生健康局
    /// ```
    BORROWED_PARTIES: BorrowedParties, None
}

rule! {
    /// # 表格没有读懂
    /// # a table that could not be read
    ///
    /// ## 查什么
    /// 像任务表的表格，却认不出各栏是什么。
    /// ## What it finds
    /// A table that looks like one of tasks and whose columns are not understood.
    /// ## 为什么
    /// 表里的任务可能没有读进来。
    /// ## Why it matters
    /// Its tasks may be missing from what was read.
    /// ## Wrong
    /// ```csv
    /// 林河县2023年重点工作任务,,
    /// 甲,乙,丙
    /// 1,推进医共体建设，统一人员管理。,县卫生健康局
    /// 2,落实财政补助资金，纳入年度预算。,县财政局
    /// ```
    /// ## Right
    /// ```csv
    /// 林河县2023年重点工作任务,,
    /// 序号,重点任务,牵头单位
    /// 1,推进医共体建设，统一人员管理。,县卫生健康局
    /// 2,落实财政补助资金，纳入年度预算。,县财政局
    /// ```
    UNREAD_TABLE: UnreadTable, None
}

rule! {
    /// # 更正没有采用
    /// # a correction that is not applied
    ///
    /// ## 查什么
    /// 文件旁的更正（`通知.zeren.toml`）所说的地方，在文件里已经找不到，或与原来读出的不同。
    /// ## What it finds
    /// An entry of the corrections beside the document whose place is no longer found, or reads otherwise than before.
    /// ## 为什么
    /// 文件改过了，当初的更正要重新核对。
    /// ## Why it matters
    /// The document was changed, and the correction must be looked at again.
    /// ## Wrong
    /// ```corrections
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ---
    /// by = "李明"
    /// on = 2023-03-08
    /// [[correction]]
    /// task = "（一）"
    /// party = "县水利局"
    /// change = { role = "lead" }
    /// why = "会议纪要"
    /// ```
    /// ## Right
    /// ```corrections
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ---
    /// by = "李明"
    /// on = 2023-03-08
    /// [[correction]]
    /// task = "（一）"
    /// party = "县卫生健康局"
    /// confirm = true
    /// why = "已核对"
    /// ```
    STALE_CORRECTION: StaleCorrection, None
}

rule! {
    /// # 更正尚未决定
    /// # a correction that nobody decided
    ///
    /// ## 查什么
    /// 更正文件里有一条只写了位置，没有写改成什么，也没有写确认。
    /// ## What it finds
    /// An entry of the corrections that names a claim and neither changes nor confirms it.
    /// ## 为什么
    /// 存疑的地方还没有人看过。
    /// ## Why it matters
    /// The doubt is still open.
    /// ## Wrong
    /// ```corrections
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ---
    /// by = "李明"
    /// on = 2023-03-08
    /// [[correction]]
    /// task = "（一）"
    /// party = "县卫生健康局"
    /// ```
    /// ## Right
    /// ```corrections
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// ---
    /// by = "李明"
    /// on = 2023-03-08
    /// [[correction]]
    /// task = "（一）"
    /// party = "县卫生健康局"
    /// confirm = true
    /// why = "已核对"
    /// ```
    UNDECIDED_CORRECTION: UndecidedCorrection, None
}
