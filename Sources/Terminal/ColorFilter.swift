// ColorFilter: puts real colours into ncurses's bytes, and takes out what meddles with the palette.

/// Rewrites the bytes of a frame.
///
/// ncurses can only count colours. So each colour of the theme gets a number from 16 on, and
/// where ncurses has written `38;5;16` the terminal gets `38;2;255;107;97`: any terminal of 256
/// colours in terminfo can show all of them, if it says that it can.
struct ColorFilter {
    /// By number, from 16 on.
    var direct: [RGB]

    /// What ncurses writes to reset the palette, which its user may have changed: xterm's, linux's.
    private static let resets = [Array("\u{1B}]104\u{7}".utf8), Array("\u{1B}]R".utf8)]

    func filtered(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 256)
        var rest = bytes[...]
        while let escape = rest.firstIndex(of: 0x1B) {
            result += rest[..<escape]
            rest = rest[escape...]
            if let reset = Self.resets.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(reset.count)
            } else if let (style, length) = Self.style(rest), !direct.isEmpty {
                result += rewritten(style)
                rest = rest.dropFirst(length)
            } else {
                result.append(0x1B)
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    /// The numbers of `\e[…m`, where `bytes` start with one.
    private static func style(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>
    ) -> (numbers: [Int], length: Int)? {
        guard bytes.dropFirst().first == UInt8(ascii: "[") else { return nil }
        var numbers = [0]
        for (length, byte) in bytes.enumerated().dropFirst(2) {
            switch byte {
            case UInt8(ascii: "m"): return (numbers, length + 1)
            case UInt8(ascii: ";"): numbers.append(0)
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard numbers[numbers.count - 1] < 1000 else { return nil }
                numbers[numbers.count - 1] *= 10
                numbers[numbers.count - 1] += Int(byte - UInt8(ascii: "0"))
            default: return nil
            }
        }
        return nil
    }

    private func rewritten(_ numbers: [Int]) -> [UInt8] {
        var parts: [String] = []
        var i = 0
        while i < numbers.count {
            let isIndexed = [38, 48].contains(numbers[i]) && i + 2 < numbers.count
            if isIndexed, numbers[i + 1] == 5, direct.indices.contains(numbers[i + 2] - 16) {
                let color = direct[numbers[i + 2] - 16]
                parts.append("\(numbers[i]);2;\(color.red);\(color.green);\(color.blue)")
                i += 3
            } else {
                parts.append(String(numbers[i]))
                i += 1
            }
        }
        return Array("\u{1B}[\(parts.joined(separator: ";"))m".utf8)
    }
}
