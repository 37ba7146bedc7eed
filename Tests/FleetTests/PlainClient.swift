// PlainClient: the least HTTP that a test needs, a blocking socket on a thread of its own.
import Foundation
import Network

struct PlainClient: HTTPClient {
    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        let result = await withCheckedContinuation { done in
            Thread.detachNewThread { done.resume(returning: Self.exchange(request)) }
        }
        return try result.get()
    }

    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        throw .badURL("streams are not spoken here")
    }

    private static func exchange(_ request: HTTPRequest) -> Result<HTTPAnswer, NetworkError> {
        guard let url = URLComponents(string: request.url), let port = url.port else {
            return .failure(.badURL(request.url))
        }
        let path = url.percentEncodedPath
        let target = (path.isEmpty ? "/" : path) + (url.percentEncodedQuery.map { "?\($0)" } ?? "")
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return .failure(.unreachable("refused the connection")) }
        var head =
            "\(request.method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        for header in request.headers { head += "\(header.name): \(header.value)\r\n" }
        head += "Content-Length: \(request.body.count)\r\n\r\n"
        let sent = Array(head.utf8) + request.body
        _ = sent.withUnsafeBytes {
            Glibc.send(socket, $0.baseAddress, sent.count, Int32(MSG_NOSIGNAL))
        }
        return answer(in: everything(from: socket))
    }

    private static func everything(from socket: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65536)
        while case let count = recv(socket, &piece, piece.count, 0), count > 0 {
            bytes += piece[..<count]
        }
        return bytes
    }

    private static func answer(in bytes: [UInt8]) -> Result<HTTPAnswer, NetworkError> {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            return .failure(.cutShort("no head"))
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        let headers = lines.dropFirst().compactMap { line in
            line.firstIndex(of: ":").map {
                (
                    name: String(line[..<$0]),
                    value: line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces)
                )
            }
        }
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return .success(
            HTTPAnswer(
                status: status, headers: HTTPHeaders(headers), body: Array(bytes[end.upperBound...])
            ))
    }
}

/// One request with a short way to write it.
func ask(
    _ method: String, _ url: String, headers: [(name: String, value: String)] = [],
    body: String = ""
) async throws -> HTTPAnswer {
    var request = HTTPRequest(url)
    request.method = method
    request.headers = headers
    request.body = Array(body.utf8)
    return try await PlainClient().send(request)
}

extension HTTPAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }
}
