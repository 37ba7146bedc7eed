// JSONListCutter: a long list that comes in pieces, cut between its elements.

/// Makes shorter lists of a long one, so that it is never held whole.
///
/// It looks at strings and brackets only; whether what is between them is JSON, who reads the
/// shorter lists finds out. A list of 100,000 checks is 50 MB, and its pieces are 256 kB.
struct JSONListCutter {
    /// What was not cut off yet; begins as the list does.
    private var rest: [UInt8] = []
    /// Bytes before `rest`, for the places in errors.
    private(set) var cutOff = 0
    private var scanned = 0
    private var lastComma: Int?
    /// A bracket was seen.
    private(set) var hasBegun = false
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private let length: Int

    init(length: Int = 256 << 10) {
        self.length = length
    }

    /// A list of the elements that are complete; nil while that is not worth it.
    mutating func take(_ piece: [UInt8]) -> [UInt8]? {
        rest += piece
        guard rest.count >= length else { return nil }
        scan()
        guard let comma = lastComma else { return nil }
        let list = rest[..<comma] + [UInt8(ascii: "]")]
        rest.replaceSubrange(...comma, with: [UInt8(ascii: "[")])
        cutOff += comma
        scanned = rest.count
        lastComma = nil
        return Array(list)
    }

    /// The last elements, once no piece is to come.
    var last: [UInt8] { rest }

    private mutating func scan() {
        rest.withUnsafeBufferPointer { bytes in
            while scanned < bytes.count {
                advance(bytes[scanned])
                scanned += 1
            }
        }
    }

    private mutating func advance(_ byte: UInt8) {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            hasBegun = true
            depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: ",") where depth == 1: lastComma = scanned
        default: break
        }
    }
}
