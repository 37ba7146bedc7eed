// PrometheusBenchmark: the same rules over the same series in Debian's Prometheus.
import Foundation

/// Runs a script that measures it; all that it prints is one JSON object.
struct PrometheusBenchmark {
    private struct Answer: Decodable {
        struct Size: Decodable {
            var series: Int
            var all_groups_one_round_s: Double
            var rss_with_rules_mib: Double
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
            let round = Duration.seconds(size.all_groups_one_round_s)
            return "prometheus" + "\(size.series)".right(8) + "".right(13) + round.text.right(13)
                + "\(Int(size.rss_with_rules_mib)) MiB".right(11)
        }.joined(separator: "\n")
    }
}
