// TemplateToken: the smallest parts of a template's text.

/// One token with the place it has in the text.
struct TemplateToken {
    enum Kind: Equatable {
        case text
        case leftDelimiter
        case rightDelimiter
        case space
        case leftParenthesis
        case rightParenthesis
        case pipe
        case declare
        case assign
        case identifier
        case field
        case variable
        case dot
        case null
        case bool
        case number
        case complex
        case character
        case string
        case rawString
        /// A character that means something in few places, such as the comma.
        case other
        case keyword(TemplateKeyword)
        case end
        /// What is wrong with the text from here on; it is the last token.
        case fault
    }

    var kind: Kind
    var text: String
    /// In bytes from the text's beginning.
    var position: Int
    /// From 1.
    var line: Int

    /// How an error message names this token.
    var named: String {
        switch kind {
        case .end: "EOF"
        case .fault: text
        case .keyword, .dot, .null: "<\(text)>"
        default:
            text.utf8.count > 10
                ? GoLiteral.quoted(String(text.unicodeScalars.prefix(10))) + "..."
                : GoLiteral.quoted(text)
        }
    }
}

/// A word that begins or ends a part of a template.
enum TemplateKeyword: String {
    case block
    case `break`
    case `continue`
    case define
    case `else`
    case end
    case `if`
    case range
    case template
    case with
}
