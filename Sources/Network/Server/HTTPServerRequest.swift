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
                .map { String(decoding: $0.percentDecoded(), as: UTF8.self) }
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
                let texts = sides.map {
                    String(decoding: $0.percentDecoded(plusIsSpace: true), as: UTF8.self)
                }
                return (texts[0], texts.count > 1 ? texts[1] : "")
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
