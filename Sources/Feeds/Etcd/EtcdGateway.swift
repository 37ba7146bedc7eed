// EtcdGateway: etcd's JSON gateway asked with a token that is fetched, kept and renewed.
package import Events
import FoundationEssentials
package import Network

/// Asks one etcd server, and logs in where it wants that.
///
/// A login costs the server a tenth of a second (bcrypt): the token is kept until it is refused.
package actor EtcdGateway {
    private typealias Headers = [(name: String, value: String)]

    package nonisolated let server: Server
    private let access: EtcdAccess
    private let secrets: OwnSecrets
    private var session = Session.none

    private enum Session {
        case none
        case token(String)
        /// There is a user in the settings, and no authentication at the server.
        case notWanted

        var token: String? {
            guard case .token(let token) = self else { return nil }
            return token
        }
    }

    package init(
        _ settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver
    ) {
        server = Server(settings.anonymous, client: client, resolver: resolver)
        access = EtcdAccess(settings)
        secrets = OwnSecrets(settings)
    }

    /// What the gateway answers to `question`.
    package func ask<Answer: Decodable & Sendable>(
        _ path: String, _ question: some Encodable & Sendable, for type: Answer.Type
    ) async throws(FeedError) -> Answer {
        let body = Self.encoded(question)
        return try await loggedIn { (headers) async throws(FeedError) in
            try await self.send(path, body, headers, for: type)
        }
    }

    /// The stream that the gateway opens for `question`.
    ///
    /// `silence` bounds the time to its head and then between two pieces.
    func stream(
        _ path: String, _ question: some Encodable & Sendable, silence: Duration
    ) async throws(FeedError) -> HTTPStream {
        let body = Self.encoded(question)
        return try await loggedIn { (headers) async throws(FeedError) in
            let stream = try await self.server.stream(
                path, method: "POST", body: body, headers: headers, deadline: silence)
            guard stream.status == 200 else { throw await self.refusal(stream, path) }
            return stream
        }
    }

    /// The token is not accepted any more: the next question logs in again.
    ///
    /// - Returns: false where there is nothing to log in with.
    package func forgetToken() -> Bool {
        session = .none
        guard case .user = access else { return false }
        return true
    }

    /// Asks, and once more with a new token where the old one is refused.
    private func loggedIn<Answer: Sendable>(
        _ ask: (Headers) async throws(FeedError) -> Answer
    ) async throws(FeedError) -> Answer {
        do {
            return try await ask(authorization())
        } catch {
            guard error.asksForLogin, forgetToken() else { throw error }
            return try await ask(authorization())
        }
    }

    /// etcd wants the bare token: `Bearer` before it is refused.
    private func authorization() async throws(FeedError) -> Headers {
        switch (access, session) {
        case (.open, _), (.user, .notWanted): []
        case (.token(let token), _): [("Authorization", token.revealed)]
        case (.user, .token(let token)): [("Authorization", token)]
        case (.user(let name, let password), .none): try await logIn(name, password)
        }
    }

    private func logIn(_ name: String, _ password: Secret) async throws(FeedError) -> Headers {
        let path = "/v3/auth/authenticate"
        do {
            let body = Self.encoded(["name": name, "password": password.revealed])
            let answer = try await send(path, body, [], for: Login.self)
            session = .token(answer.token)
            return [("Authorization", answer.token)]
        } catch {
            guard case .refused(_, _, _, let words, _) = error,
                words.contains("authentication is not enabled")
            else { throw error }
            session = .notWanted
            return []
        }
    }

    private struct Login: Decodable, Sendable {
        var token: String
    }

    private func send<Answer: Decodable>(
        _ path: String, _ body: [UInt8], _ headers: Headers, for type: Answer.Type
    ) async throws(FeedError) -> Answer {
        let answer = try await server.ask(path, method: "POST", body: body, headers: headers)
        if answer.status != 200, let refusal = EtcdRefusal(answer.body) {
            throw self.refusal(refusal, path, status: answer.status)
        }
        return try server.decode(type, server.json(answer, from: path), from: path)
    }

    /// An error's body is short; a stream's is read as far as it comes.
    private func refusal(_ stream: HTTPStream, _ path: String) async -> FeedError {
        var body: [UInt8] = []
        do {
            for try await piece in stream.pieces {
                body += piece
                if body.count > 4096 { break }
            }
        } catch {
            // What came before the end says enough.
        }
        if let refusal = EtcdRefusal(body) {
            return self.refusal(refusal, path, status: stream.status)
        }
        return .refused(address: server.address, path: path, status: stream.status, words: "")
    }

    private func refusal(_ refusal: EtcdRefusal, _ path: String, status: Int) -> FeedError {
        let words = refusal.words(isUserNamed: access != .open)
        return .refused(
            address: server.address, path: path, status: status,
            words: secrets.hidden(in: words, and: session.token))
    }

    private static func encoded(_ question: some Encodable) -> [UInt8] {
        // Strings, numbers and bytes: encoding them has nothing to fail at.
        (try? JSONEncoder().encode(question)).map { [UInt8]($0) } ?? []
    }
}
