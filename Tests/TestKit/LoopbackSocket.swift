// LoopbackSocket: the few system calls that a scripted server needs.
import Glibc

enum LoopbackSocket {
    struct Refused: Error {}

    /// A socket that listens on this port of 127.0.0.1, or on a free one.
    static func listening(on port: UInt16 = 0) throws -> (socket: Int32, port: UInt16) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 128) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isListening else {
            close(socket)
            throw Refused()
        }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    static func accepted(on listener: Int32) -> Int32? {
        let socket = accept(listener, nil, nil)
        return socket < 0 ? nil : socket
    }

    /// The head up to its empty line, and the body that it announces; nil at the end.
    ///
    /// What is no HTTP (a TLS greeting) is a request too.
    static func request(from socket: Int32) -> String? {
        var bytes: [UInt8] = []
        while let more = received(from: socket) {
            bytes += more
            guard bytes[0] != 0x16 else { return "TLS" }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let missing = announced(text[..<end.lowerBound]) - text[end.upperBound...].utf8.count
            if missing <= 0 { return text }
        }
        return nil
    }

    private static func announced(_ head: Substring) -> Int {
        let lines = head.lowercased().split(separator: "\r\n")
        let line = lines.first { $0.hasPrefix("content-length:") }
        return line.flatMap { Int($0.dropFirst(15).trimmingPrefix(while: \.isWhitespace)) } ?? 0
    }

    private static func received(from socket: Int32) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            count = max(0, recv(socket, buffer.baseAddress, buffer.count, 0))
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// False where the connection is over.
    static func obey(_ step: LoopbackServer.Step, _ socket: Int32) -> Bool {
        switch step {
        case .send(let text): return send(Array(text.utf8), to: socket)
        case .sendBytes(let bytes): return send(bytes, to: socket)
        case .close: return false
        case .wait(let gate):
            gate.wait()
            return true
        case .open(let gate):
            gate.open()
            return true
        case .hang:
            while received(from: socket) != nil {}
            return true
        case .reset:
            // With a linger of nothing, closing is a reset.
            var linger = linger(l_onoff: 1, l_linger: 0)
            let size = socklen_t(MemoryLayout.size(ofValue: linger))
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, size)
            return false
        }
    }

    private static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    static func close(_ socket: Int32) {
        _ = Glibc.close(socket)
    }

    /// Wakes whoever waits on it, who then closes it.
    static func end(_ socket: Int32) {
        _ = shutdown(socket, Int32(SHUT_RDWR))
    }
}
