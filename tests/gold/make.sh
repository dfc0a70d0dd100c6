#!/bin/sh
# Makes the sample notices of other formats from those of data/samples, with LibreOffice. Run by hand from the project's
# root where a sample changed; the files it makes are committed, so that tests need no office program.
set -eu
out=tests/gold/formats
mkdir -p "$out"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
convert() { # source, filter of the source, target
    soffice "-env:UserInstallation=file://$profile" --headless --infilter="$2" --convert-to "$3" --outdir "$out" "$1" >/dev/null
}
convert data/samples/xicheng-2022.html "HTML (StarWriter)" "docx:MS Word 2007 XML"
# with the borders that the page draws by a style sheet, which the office program does not read
sed 's/<table>/<table border="1" cellspacing="0">/' data/samples/xicheng-2022.html >"$profile/xicheng-2022.html"
convert "$profile/xicheng-2022.html" "HTML (StarWriter)" "pdf:writer_pdf_Export"
convert data/samples/liuxi-2012.html "HTML (StarWriter)" "docx:MS Word 2007 XML"
convert data/samples/yunchuan-2023.txt "Text (encoded):UTF8,LF,,,," "pdf:writer_pdf_Export"
for format in "xlsx:Calc MS Excel 2007 XML" "ods:calc8" "xls:MS Excel 97"; do
    convert data/samples/fuan-2024.csv "Text - txt - csv (StarCalc):44,34,76,1" "$format"
    convert data/samples/xicheng-2022.html "HTML (StarCalc)" "$format"
done
ls -l "$out"
