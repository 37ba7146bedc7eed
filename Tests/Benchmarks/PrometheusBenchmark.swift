// PrometheusBenchmark: the same rules over the same series in Debian's Prometheus.
import Foundation

/// Runs a script that measures it; all that it prints is one JSON object.
struct PrometheusBenchmark {
    private struct Answer: Decodable {
        struct Size: Decodable {
            enum CodingKeys: String, CodingKey {
                case series
                case roundSeconds = "all_groups_one_round_s"
                case processorSeconds = "cpu_s_per_round"
                case memory = "rss_with_rules_mib"
            }

            var series: Int
            var roundSeconds: Double
            var processorSeconds: Double
            var memory: Double
        }

        var sizes: [Size]
    }

    let script: String

    /// A row of the table: the round is the sum of its groups' own times.
    func measure(about count: Int) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", script, "--series", "\(count)", "--evals", "2", "--queries", "1",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Answer.self, from: text).sizes.map { size in
            let round = Duration.seconds(size.roundSeconds)
            return "prometheus" + "\(size.series)".right(8) + "".right(13) + round.text.right(13)
                + Duration.seconds(size.processorSeconds).text.right(13)
                + "\(Int(size.memory)) MiB".right(11)
        }.joined(separator: "\n")
    }
}
