// Tokens: PromQL's words, in expressions and in series; and durations.
@testable import PromQL

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ input: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: input, count: count), as: UTF8.self)
    for isSeries in [false, true] { try? readAll(Lexer(text, isSeries: isSeries)) }
    guard let duration = try? Duration(literal: text) else { return 0 }
    guard (try? Duration(literal: duration.literal)) == duration else {
        fatalError("printed as \(duration.literal)")
    }
    return 0
}

private func readAll(_ words: Lexer) throws(Complaint) {
    var lexer = words
    var end = 0
    while case let token = try lexer.next(), token.kind != .endOfInput {
        guard end <= token.start, token.start < token.end, token.end <= lexer.text.count else {
            fatalError("a word at \(token.start)..<\(token.end) behind \(end)")
        }
        end = token.end
    }
}
