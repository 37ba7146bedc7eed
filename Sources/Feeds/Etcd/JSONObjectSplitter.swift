// JSONObjectSplitter: finds the objects in a stream of JSON that comes in any pieces.

/// Cuts a stream of objects where one ends: by depth, outside strings.
///
/// The gateway puts a newline after each object in some versions, several objects into one piece,
/// and one object into several; spaces come and go at random by design (protojson).
struct JSONObjectSplitter {
    /// The object that is not complete yet.
    private(set) var rest: [UInt8] = []
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private let cap: Int

    /// An object longer than `cap` bytes is an error.
    init(cap: Int = 32 << 20) {
        self.cap = cap
    }

    /// Why the stream is none of objects: a sentence's end.
    enum Trouble: Error, Hashable, CustomStringConvertible {
        case outsideOfObject(UInt8)
        case tooLong(cap: Int)

        var description: String {
            switch self {
            case .outsideOfObject(UInt8(ascii: "<")):
                "a web page came instead of JSON; is a login or proxy in front?"
            case .outsideOfObject: "the stream is no sequence of JSON objects"
            case .tooLong(let cap): "one object is longer than \(cap >> 20) MiB"
            }
        }
    }

    /// The objects that `piece` completes.
    mutating func take(_ piece: [UInt8]) throws(Trouble) -> [[UInt8]] {
        var objects: [[UInt8]] = []
        for byte in piece {
            guard depth > 0 else {
                try begin(byte)
                continue
            }
            rest.append(byte)
            advance(byte)
            if depth == 0 {
                objects.append(rest)
                rest = []
            }
        }
        guard rest.count <= cap else { throw .tooLong(cap: cap) }
        return objects
    }

    private mutating func begin(_ byte: UInt8) throws(Trouble) {
        switch byte {
        case UInt8(ascii: "{"):
            depth = 1
            rest = [byte]
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): break
        default: throw .outsideOfObject(byte)
        }
    }

    private mutating func advance(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if isInString {
            if byte == UInt8(ascii: "\\") { isEscaped = true }
            if byte == UInt8(ascii: "\"") { isInString = false }
        } else {
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
    }
}
