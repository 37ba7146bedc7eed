// Tape: what a real server answered over time, played back by a listener's clock.
import Events
import Foundation
import Network
import TestKit

/// Plays `Fixtures/<name>.jsonl`: lines of t_ms, request, status and body; status 0 is no connection.
///
/// Only lines that differ from the one before are kept in the fixtures. Parameters that change with
/// time are not compared.
struct Tape: Sendable {
    private struct Line: Decodable, Sendable {
        var milliseconds: Int64
        var request: String
        var status: Int?
        var body: String?

        enum CodingKeys: String, CodingKey {
            case milliseconds = "t_ms"
            case request, status, body
        }
    }

    private let tracks: [String: [Line]]
    private let start: Instant
    private let clock: Listener

    init(_ name: String, clock: Listener) throws {
        let text = String(decoding: try Fixture.bytes("\(name).jsonl"), as: UTF8.self)
        let lines = try text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        tracks = Dictionary(grouping: lines) { Self.key($0.request) }
        (self.clock, start) = (clock, clock.now)
    }

    /// Nil where the tape never heard of the request.
    func answer(_ request: HTTPRequest) throws(NetworkError) -> HTTPAnswer? {
        let target = request.url.split(separator: "/", maxSplits: 2).last ?? ""
        guard let track = tracks[Self.key("\(request.method) /\(target)")] else { return nil }
        let passed = (clock.now - start).milliseconds
        guard let line = track.last(where: { $0.milliseconds <= passed }) ?? track.first else {
            return nil
        }
        guard let status = line.status, status > 0 else {
            throw .unreachable("refused the connection")
        }
        return HTTPAnswer(status: status, body: Array((line.body ?? "").utf8))
    }

    /// A shelf that answers 404 to what was not recorded.
    var shelf: Shelf {
        Shelf { (request) throws(NetworkError) in
            try answer(request) ?? HTTPAnswer(status: 404, body: Array("not recorded".utf8))
        }
    }

    private static func key(_ request: String) -> String {
        let parts = request.split(separator: "?", maxSplits: 1)
        let pairs = parts.count < 2 ? [] : parts[1].split(separator: "&")
        let kept = pairs.filter { !$0.hasPrefix("endTs=") && !$0.hasPrefix("lookback=") }.sorted()
        return ([parts[0]] + kept).joined(separator: "&")
    }
}

enum Fixture {
    static func bytes(_ name: String, filePath: String = #filePath) throws -> [UInt8] {
        let folder = URL(filePath: filePath).deletingLastPathComponent()
        return Array(try Data(contentsOf: folder.appending(path: "Fixtures/\(name)")))
    }

    /// The lines of a table, their columns apart.
    static func table(_ name: String) throws -> [[String]] {
        String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
