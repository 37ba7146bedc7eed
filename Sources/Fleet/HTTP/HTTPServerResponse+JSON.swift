// HTTPServerResponse, JSON: the answers of the servers that the fleet speaks for.
package import Network

extension HTTPServer.Response {
    package static func json(
        _ json: JSON, status: Int = 200, type: String = "application/json"
    ) -> Self {
        Self(status, headers: [("Content-Type", type)], body: json.bytes)
    }
}
