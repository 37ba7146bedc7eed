// ExpositionRecordingTests: what real programs expose, and what becomes of it when it is damaged.
import Events
import Feeds
import Foundation
import TestKit
import Testing

struct ExpositionRecordingTests {
    @Test(arguments: [
        ("node_exporter_text.txt", ExpositionFormat.text, 507),
        ("checkout_text.txt", .text, 45), ("checkout_openmetrics.txt", .openMetrics, 45),
        ("edge_om.prom", .openMetrics, 14), ("edge_escape.prom", .text, 2),
    ])
    func `every sample of a recording is read`(
        file: String, format: ExpositionFormat, count: Int
    ) throws {
        let bytes = try MetricsFixture.bytes(file)
        let lines = bytes.split(separator: UInt8(ascii: "\n")).filter {
            !$0.starts(with: "# ".utf8)
        }
        #expect(lines.count == count)
        #expect(samples(bytes, format).split(separator: "\n").count >= count)
    }

    @Test func `the hard parts of OpenMetrics are read as they are meant`() throws {
        let text = samples(try MetricsFixture.bytes("edge_om.prom"), .openMetrics)
        #expect(text.hasPrefix("foo_seconds_total{a=\"b\"} 17 @1520879607789\n"))
        #expect(text.contains("\nh_bucket{le=\"+Inf\"} 4\nh_sum 10.2\n"))
        #expect(text.hasSuffix("\ng_gsum 3289.3"))
    }

    @Test(
        .enabled(if: SharedMaterial.has("recordings/exposition/INDEX.tsv"), SharedMaterial.missing),
        arguments: [
            ("edge_bad", "line 2: strconv.ParseFloat: parsing \"is\": invalid syntax"),
            ("edge_partial", "line 3: expected label value, got \"\\\"unter\\n\""),
            ("edge_html", "line 1: expected a valid start token, got \"<\""),
            ("edge_crlf", "line 1: invalid metric type \"counter\\r\""),
            ("edge_nan", "line 6: unsupported character in float while parsing"),
            ("edge_om_noeof", "line 3: data does not end with # EOF"),
        ])
    func `recorded nonsense is refused, and where it begins is said`(
        name: String, message: String
    ) throws {
        let bytes = try #require(SharedMaterial.bytes("recordings/exposition/\(name).prom"))
        let format: ExpositionFormat = name.hasPrefix("edge_om") ? .openMetrics : .text
        #expect(samples(Array(bytes), format).hasPrefix(message))
    }

    @Test(
        .enabled(if: SharedMaterial.has("recordings/exposition/INDEX.tsv"), SharedMaterial.missing),
        arguments: ["prometheus_text", "prometheus_openmetrics", "node_exporter_text"])
    func `long recordings are read whole`(name: String) throws {
        let bytes = try #require(SharedMaterial.bytes("recordings/exposition/\(name).txt"))
        #expect(samples(Array(bytes)).split(separator: "\n").count > 500)
    }

    @Test func `damaged expositions are read or refused, never worse`() throws {
        let originals = [
            ExpositionFormat.text: try MetricsFixture.bytes("checkout_text.txt").prefix(900),
            .openMetrics: try MetricsFixture.bytes("edge_om.prom")[...],
        ]
        var damage = Damage(state: 42)
        for (format, original) in originals {
            var refused = 0
            for _ in 0..<4000 {
                let text = samples(damage.done(to: Array(original)), format)
                if text.hasPrefix("line ") { refused += 1 }
            }
            #expect((400..<4000).contains(refused))
        }
    }
}

/// Damage to bytes that is the same at each run.
struct Damage {
    private var random: Generator
    private static let pieces = [
        "\"", "\\", "{", "}", "\n", "# EOF\n", "\u{0}", " # {", "=", "1e", ",",
    ]

    init(state: UInt64) {
        random = Generator(state: state)
    }

    mutating func done(to original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2:
                let piece = Self.pieces.randomElement(using: &random) ?? ""
                bytes.insert(contentsOf: piece.utf8, at: place)
            default: bytes = Array(bytes.prefix(max(1, place)))
            }
        }
        return bytes
    }
}
