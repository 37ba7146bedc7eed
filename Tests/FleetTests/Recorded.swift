// Recorded: answers of real servers, and the shape that ours must share with them.
import Foundation
import Network
import Testing

@testable import Fleet

/// One recorded exchange: `CASE.headers` and its body.
struct Recorded {
    let status: Int
    let headers: [String: String]
    let body: Data

    init(_ path: String, filePath: String = #filePath) throws {
        let folder = URL(filePath: filePath).deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/\(path)")
        let text = try String(contentsOf: file.appendingPathExtension("headers"), encoding: .utf8)
        let lines =
            text.components(separatedBy: "<<< response\n").last?
            .components(separatedBy: "\n") ?? []
        status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst().prefix(while: { !$0.hasPrefix("###") && !$0.isEmpty }) {
            let sides = line.split(separator: ":", maxSplits: 1)
            headers[sides[0].lowercased()] = sides.last?.trimmingCharacters(in: .whitespaces)
        }
        self.headers = headers
        let json = try? Data(contentsOf: file.appendingPathExtension("json"))
        body = json ?? (try? Data(contentsOf: file.appendingPathExtension("txt"))) ?? Data()
    }

    /// Holds status, the headers of the server's own making, and the body's shape against ours.
    func expectSameShape(
        as response: HTTPServer.Response, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(response.status == status, sourceLocation: sourceLocation)
        let own = headers.filter { $0.key.hasPrefix("x-") || $0.key == "content-type" }
        for (name, value) in own {
            let ours = response.header(name)
            if name == "x-consul-index" {
                #expect(ours.flatMap { UInt64($0) } != nil, sourceLocation: sourceLocation)
            } else {
                #expect(ours == value, "\(name)", sourceLocation: sourceLocation)
            }
        }
        let extra = Set(response.headers.map { $0.name.lowercased() }).filter { $0.hasPrefix("x-") }
            .subtracting(own.keys)
        #expect(extra.isEmpty, sourceLocation: sourceLocation)
        guard !body.isEmpty || !response.body.isEmpty else { return }
        #expect(
            try shape(Data(response.body)) == shape(body), sourceLocation: sourceLocation)
    }
}

/// Members and types, without values: `[{Node:"",Port:0}]`; all text that is no JSON is `text`.
func shape(_ body: Data) throws -> String {
    guard let value = try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)
    else { return "text" }
    return shape(value)
}

private func shape(_ value: Any, of name: String = "") -> String {
    switch value {
    case let members as [String: Any]:
        if ["Meta", "NodeMeta", "ServiceMeta", "tags"].contains(name) { return "{…}" }
        let parts = members.sorted { $0.key < $1.key }.map {
            "\($0.key):\(shape($0.value, of: $0.key))"
        }
        return "{\(parts.joined(separator: ","))}"
    case let values as [Any]: return "[\(values.first.map { shape($0) } ?? "")]"
    case is String: return "\"\""
    case is NSNull: return "null"
    default: return "0"
    }
}
