// Escaping: texts made safe for HTML, JavaScript and URLs.

extension TemplateFunction {
    static let escaping = [
        Self("html", [], rest: .any) { execution, values in
            .string(html(GoPrinter.shown(values, of: execution.input)))
        },
        Self("js", [], rest: .any) { execution, values in
            .string(javaScript(GoPrinter.shown(values, of: execution.input)))
        },
        Self("urlquery", [], rest: .any) { execution, values in
            .string(urlQuery(GoPrinter.shown(values, of: execution.input)))
        },
        Self("urlQueryEscape", text: urlQuery),
        // For HTML pages, which alerts are not: the text stays what it is.
        Self("safeHtml", [.string]) { _, values in .html(values[0].text) },
    ]

    private static func html(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\0": result += "\u{FFFD}"
            case "\"": result += "&#34;"
            case "'": result += "&#39;"
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func javaScript(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isWritten = scalar.isASCII ? scalar.value >= 0x20 : GoLiteral.isPrintable(scalar)
            switch scalar {
            case "\\", "'", "\"": result += "\\\(scalar)"
            case _ where !isWritten, "<", ">", "&", "=":
                result += "\\u" + GoLiteral.hexadecimal(scalar.value, digits: 4).uppercased()
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func urlQuery(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~":
                result.unicodeScalars.append(scalar)
            case " ": result += "+"
            default:
                result += "%" + GoLiteral.hexadecimal(UInt32(byte), digits: 2).uppercased()
            }
        }
        return result
    }
}
