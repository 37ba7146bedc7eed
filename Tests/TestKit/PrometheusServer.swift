// PrometheusServer: a real Prometheus on loopback, for the length of one test.
import FoundationEssentials
package import Network

/// One server with a data folder of its own; `prometheus` is looked for on the PATH.
package final class PrometheusServer: Sendable {
    package let url: String
    /// Host and port.
    package let address: String
    package let client: any HTTPClient
    private let server: RealServer

    private static let program = path("prometheus")

    /// Where Prometheus is missing its tests are skipped, but never where all tests must run.
    package static var isWanted: Bool { RealServer.isWanted(program) }

    /// Starts a server and waits until it is ready.
    ///
    /// - Parameters:
    ///   - targets: `host:port` of what it scrapes once a second, as the job `targets`.
    ///   - rules: the text of a rule file; evaluated once a second.
    ///   - prefix: the path that stands before the API's, as behind a proxy.
    ///   - client: by which it is asked whether it is ready.
    /// - Throws: where it is not installed or not ready in time.
    package init(
        scraping targets: [String] = [], rules: String = "groups: []", prefix: String = "",
        client: any HTTPClient = CurlClient()
    ) async throws {
        let port = try RealServer.freePort()
        server = try RealServer(
            "prometheus", Self.program,
            missing: "prometheus is not on the PATH; apt install prometheus", port: port)
        address = "127.0.0.1:\(port)"
        url = "http://\(address)\(prefix)"
        self.client = client
        let file = try server.write(Self.configuration(targets), to: "prometheus.yml")
        _ = try server.write(rules, to: "rules.yml")
        try await server.start(
            [
                "--config.file=\(file)", "--storage.tsdb.path=\(server.folder.path)/data",
                "--web.listen-address=\(address)", "--web.external-url=\(url)/",
                "--log.level=error",
            ], until: "\(url)/-/ready", client: client)
    }

    private static func configuration(_ targets: [String]) -> String {
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: targets
            static_configs: [{targets: [\(targets.map { "\"\($0)\"" }.joined(separator: ", "))]}]
        """
    }
}
