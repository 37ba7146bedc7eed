// HTTPServerResponse: what a server answers.

extension HTTPServer {
    /// One whole answer.
    package struct Response: Sendable {
        package var status: Int
        package var headers: [(name: String, value: String)]
        package var body: [UInt8]

        package init(
            _ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []
        ) {
            (self.status, self.headers, self.body) = (status, headers, body)
        }

        package static func text(
            _ status: Int, _ text: String, type: String = "text/plain; charset=utf-8"
        ) -> Self {
            Self(status, headers: [("Content-Type", type)], body: Array(text.utf8))
        }

        /// The value of the first header with this name; case does not matter.
        package func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }
}
