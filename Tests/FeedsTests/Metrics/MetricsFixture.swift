// MetricsFixture: recorded expositions and answers of Prometheus and VictoriaMetrics.
import Foundation
import Network

enum MetricsFixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: folder.appending(path: "Fixtures/metrics/\(name)")))
    }

    static func answer(_ name: String, status: Int = 200) throws -> HTTPAnswer {
        HTTPAnswer(status: status, body: try bytes(name))
    }
}
