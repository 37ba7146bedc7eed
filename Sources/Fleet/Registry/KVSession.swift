// KVSession: what keys are locked with, and what becomes of them when it ends.
import FoundationEssentials
import Network

struct KVSession: Sendable {
    enum Behavior: String, Sendable {
        case release, delete
    }

    var id: String
    var name = ""
    /// Zero: it lives until somebody destroys it.
    var ttl = Duration.zero
    var ttlText = ""
    /// How long its keys cannot be locked after it.
    var lockDelay = Duration.seconds(15)
    var behavior = Behavior.release
    var checks = ["serfHealth"]
    var created: UInt64 = 0

    private struct Body: Decodable {
        var name: String?
        var ttl: String?
        var lockDelay: String?
        var behavior: String?
        var checks: [String]?

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case ttl = "TTL"
            case lockDelay = "LockDelay"
            case behavior = "Behavior"
            case checks = "NodeChecks"
        }
    }

    init(_ bytes: [UInt8]) throws(RegistryRefusal) {
        id = Self.newID()
        guard !bytes.isEmpty else { return }
        let body: Body
        do {
            body = try JSONDecoder().decode(Body.self, from: Data(bytes))
        } catch {
            throw RegistryRefusal(400, "Request decode failed: \(error)")
        }
        name = body.name ?? ""
        checks = body.checks ?? checks
        lockDelay = body.lockDelay.flatMap(goDuration) ?? lockDelay
        if let word = body.behavior, !word.isEmpty {
            guard let behavior = Behavior(rawValue: word) else {
                throw RegistryRefusal(500, "Invalid Behavior setting '\(word)'")
            }
            self.behavior = behavior
        }
        guard let text = body.ttl, !text.isEmpty else { return }
        let ttl = goDuration(text) ?? .zero
        guard (.seconds(10) ... .seconds(86_400)).contains(ttl) else {
            throw RegistryRefusal(
                500,
                """
                Invalid Session TTL '\(ttl.components.seconds)000000000', \
                must be between [10s=24h0m0s]
                """)
        }
        (self.ttl, ttlText) = (ttl, text)
    }

    private static func newID() -> String {
        let digits = (0..<32).map { _ in String(UInt8.random(in: 0..<16), radix: 16) }.joined()
        var id = ""
        for (place, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(place) { id += "-" }
            id.append(digit)
        }
        return id
    }

    var json: JSON {
        [
            "ID": .string(id), "Name": .string(name), "Node": "node-1",
            "LockDelay": .integer(lockDelay.components.seconds * 1_000_000_000),
            "Behavior": .string(behavior.rawValue), "TTL": .string(ttlText),
            "NodeChecks": .strings(checks), "ServiceChecks": nil,
            "CreateIndex": .unsigned(created), "ModifyIndex": .unsigned(created),
        ]
    }
}

extension Registry {
    func createSession(
        _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        var session = try KVSession(request.body)
        session.created = state.index + 1
        let opened = session
        write { $0.open(opened) }
        keep(session)
        return .json(["ID": .string(session.id)])
    }

    func renewSession(_ id: String) throws(RegistryRefusal) -> HTTPServer.Response {
        guard let session = state.sessions[id] else {
            throw RegistryRefusal(404, "Session id '\(id)' not found")
        }
        keep(session)
        return .json(.array([session.json]))
    }
}

extension RegistryRead {
    static func session(_ id: String) -> Self {
        var read = Self(
            index: \.index, changed: \.index,
            answer: { state in .json(.array(state.sessions[id].map { [$0.json] } ?? [])) })
        read.saysConsistency = false
        return read
    }
}
