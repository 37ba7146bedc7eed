// CurlCallbacks: the way back from libcurl's thread to a listener.
import CCurl

/// What the C side carries as its context, from the start to `done`.
final class CurlListenerBox: Sendable {
    let listener: any CurlListener

    init(_ listener: any CurlListener) {
        self.listener = listener
    }

    /// The box stays with C.
    static func seen(_ context: UnsafeMutableRawPointer) -> any CurlListener {
        Unmanaged<CurlListenerBox>.fromOpaque(context).takeUnretainedValue().listener
    }

    /// C will not call again.
    static func taken(_ context: UnsafeMutableRawPointer) -> any CurlListener {
        Unmanaged<CurlListenerBox>.fromOpaque(context).takeRetainedValue().listener
    }
}

extension claw_http_callbacks {
    static func telling(pieces: Bool) -> Self {
        guard pieces else { return Self(head: nil, body: nil, done: tellEnd) }
        return Self(head: tellHead, body: tellPiece, done: tellEnd)
    }

    private static let tellHead:
        @convention(c) (
            UnsafeMutableRawPointer, Int32, UnsafePointer<UInt8>, Int
        ) -> Void = { context, status, text, length in
            let head = UnsafeBufferPointer(start: text, count: length)
            CurlListenerBox.seen(context).began(
                status: Int(status), headers: HTTPHeaders(head: head))
        }

    private static let tellPiece:
        @convention(c) (
            UnsafeMutableRawPointer, UnsafePointer<UInt8>, Int
        ) -> Int32 = { context, bytes, length in
            let piece = UnsafeBufferPointer(start: bytes, count: length)
            return CurlListenerBox.seen(context).took(piece) ? 0 : 1
        }

    private static let tellEnd:
        @convention(c) (
            UnsafeMutableRawPointer, UnsafePointer<claw_http_result>
        ) -> Void = { context, result in
            CurlListenerBox.taken(context).finished(result.pointee)
        }
}

extension HTTPHeaders {
    /// Reads the lines of a head; the status line and what is no `name: value` are left out.
    init(head: UnsafeBufferPointer<UInt8>) {
        let lines = head.split(separator: UInt8(ascii: "\n")).dropFirst()
        self.init(
            lines.compactMap { line in
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
                return (
                    name: Self.trimmed(line[..<colon]),
                    value: Self.trimmed(line[line.index(after: colon)...])
                )
            })
    }

    private static func trimmed(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte <= 32 }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
