// HTTPServerRequest: what a client asked, read into values.
import CMicrohttpd

extension HTTPServer {
    /// One whole request.
    package struct Request: Sendable {
        package var method: String
        /// The path's segments, decoded; `/v1/kv/a%2Fb` is `["v1", "kv", "a/b"]`.
        package var path: [String]
        /// In the order they were sent; a name without `=` has the value "".
        package var query: [(name: String, value: String)]
        /// Under lower-case names; of equal ones the last.
        package var headers: [String: String]
        package var body: [UInt8]

        package init(
            _ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8] = []
        ) {
            self.method = method
            let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            path = parts[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst()
                .map { percentDecoded($0) }
            query = parts.count > 1 ? Self.fields(parts[1]) : []
            self.headers = headers
            self.body = body
        }

        /// The first value under this name in the query.
        package func query(_ name: String) -> String? {
            query.first { $0.name == name }?.value
        }

        package func asks(_ name: String) -> Bool { query(name) != nil }

        private static func fields(_ text: Substring) -> [(name: String, value: String)] {
            text.split(separator: "&").map { field in
                let sides = field.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = sides.count > 1 ? percentDecoded(sides[1], plusIsSpace: true) : ""
                return (percentDecoded(sides[0], plusIsSpace: true), value)
            }
        }
    }
}

extension HTTPServer.Request {
    /// Copies out of the library's memory; only from within its handler.
    init(_ pointer: OpaquePointer) {
        var lines: [String: String] = [:]
        withUnsafeMutablePointer(to: &lines) { lines in
            claw_httpd_headers(
                pointer,
                { context, name, value in
                    let lines = context.assumingMemoryBound(to: [String: String].self)
                    lines.pointee[String(cString: name).lowercased()] = String(cString: value)
                }, lines)
        }
        var count = 0
        let body = claw_httpd_body(pointer, &count)
        self.init(
            String(cString: claw_httpd_method(pointer)),
            String(cString: claw_httpd_target(pointer)),
            headers: lines, body: Array(UnsafeBufferPointer(start: body, count: count)))
    }
}

/// The text with `%41` read as `A`; what is not two hex digits stays as it is.
func percentDecoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2,
            rest.prefix(2).allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
