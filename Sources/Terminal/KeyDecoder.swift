// KeyDecoder: a terminal's bytes as keys, clicks and pastes.
package import Drawing

/// Takes bytes as they arrive, cut anywhere, and never fails: what it does not know it passes over.
package struct KeyDecoder: Sendable {
    private let table: KeyTable
    /// The beginning of something.
    private var pending: [UInt8] = []
    private var paste: Paste?
    /// Whether an endless sequence has not ended yet.
    private var isInNoise = false
    private var arrivals = 0

    package init(_ table: KeyTable = KeyTable()) {
        self.table = table
    }

    /// Whether what has arrived may be all of it.
    ///
    /// So it is with a lone Escape, and with Escape and a letter that opens a sequence. When nothing
    /// follows for 25 ms, call ``timeOut()``.
    package var awaitsTimeout: Bool {
        paste == nil && pending.first == 0x1B && pending.count <= 2
    }

    /// Whether nothing has arrived since `earlier` was copied.
    func isSame(as earlier: KeyDecoder) -> Bool { arrivals == earlier.arrivals }

    package mutating func decode(_ bytes: [UInt8]) -> [TerminalInput] {
        arrivals += 1
        pending += bytes
        var rest = pending[...]
        var inputs: [TerminalInput] = []
        while let (found, length) = step(rest) {
            inputs += found
            rest = rest.dropFirst(length)
        }
        pending = Array(rest)
        return inputs
    }

    /// Nothing followed: Escape was the key.
    package mutating func timeOut() -> [TerminalInput] {
        guard awaitsTimeout else { return [] }
        defer { pending = [] }
        return [.key(.escape)] + pending.dropFirst().map { .key(ByteKey.key(of: $0)) }
    }

    /// What `bytes` start with, and its length; nil where the end of it is still to come.
    private mutating func step(_ bytes: ArraySlice<UInt8>) -> (found: [TerminalInput], length: Int)?
    {
        guard let first = bytes.first else { return nil }
        if paste != nil { return pasteStep(bytes) }
        if isInNoise {
            let (length, isOver) = EscapeSequence.noise(in: bytes)
            isInNoise = !isOver
            return ([], length)
        }
        if first == 0x1B { return escape(bytes) }
        if first < 0x80 { return ([.key(ByteKey.key(of: first))], 1) }
        return ByteKey.unicode(bytes)
    }

    private mutating func escape(
        _ bytes: ArraySlice<UInt8>
    ) -> (found: [TerminalInput], length: Int)? {
        if let (key, length) = table.match(bytes) { return ([.key(key)], length) }
        guard let sequence = EscapeSequence.first(of: bytes) else { return nil }
        if sequence.opensPaste { paste = Paste() }
        isInNoise = sequence.isEndless
        return (sequence.inputs, sequence.length)
    }

    private mutating func pasteStep(
        _ bytes: ArraySlice<UInt8>
    ) -> (found: [TerminalInput], length: Int)? {
        guard let length = paste?.take(bytes), length > 0 else { return nil }
        guard let text = paste?.text else { return ([], length) }
        paste = nil
        return ([.paste(text)], length)
    }
}
