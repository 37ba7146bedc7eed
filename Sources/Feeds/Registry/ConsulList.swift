// ConsulList: a long list from Consul, read while it comes.
import Network

extension ConsulServer {
    /// Consul's longest answer, a hundred thousand checks, is 50 MB.
    private static let cap = 256 << 20
    /// A list begins within this many bytes, or never.
    private static let mostBlanks = 1 << 20
    /// No check is longer than what any other answer may be.
    private static let longestElement = 32 << 20

    /// The elements of a list that `read` makes of each part of it; nil where the answer `isKnown`.
    func list<Element: Sendable>(
        _ path: String, index: UInt64?, isStale: Bool, unless isKnown: Known,
        _ read: (inout JSONScanner) throws(JSONError) -> [Element]
    ) async throws(FeedError) -> ConsulReading<[Element]?> {
        let asked = query(path, index: index, isStale: isStale)
        var stream = try await server.stream(
            asked.target, deadline: asked.deadline, cap: Self.cap)
        var lostLeader = false
        if stream.status != 200 {
            let answer = ConsulAnswer(try await server.whole(stream))
            guard answer.saysNoLeader, !isStale else { throw refusal(answer, of: path) }
            let again = query(path, index: nil, isStale: true)
            stream = try await server.stream(
                again.target, deadline: again.deadline, cap: Self.cap)
            lostLeader = true
        }
        guard stream.status == 200 else {
            throw refusal(ConsulAnswer(try await server.whole(stream)), of: path)
        }
        var answer = ConsulAnswer(HTTPAnswer(status: 200, headers: stream.headers))
        (answer.isStale, answer.lostLeader) = (isStale || lostLeader, lostLeader)
        guard !isKnown(answer) else {
            _ = try await server.whole(stream)
            return ConsulReading(value: nil, answer: answer)
        }
        let (elements, size) = try await parts(of: stream, from: path, read)
        answer.size = size
        return ConsulReading(value: elements, answer: answer)
    }

    private func refusal(_ answer: ConsulAnswer, of path: String) -> FeedError {
        do {
            _ = try body(answer, from: path)
            return server.unreadable(path, "the answer is no list")
        } catch {
            return error
        }
    }

    private func parts<Element>(
        of stream: HTTPStream, from path: String,
        _ read: (inout JSONScanner) throws(JSONError) -> [Element]
    ) async throws(FeedError) -> (elements: [Element], size: Int) {
        var cutter = JSONListCutter()
        var elements: [Element] = []
        var size = 0
        func take(_ list: [UInt8], from offset: Int) throws(JSONError) {
            var scanner = JSONScanner(list)
            do {
                elements += try read(&scanner)
                try scanner.end()
            } catch {
                throw JSONError(offset: offset + error.offset, reason: error.reason)
            }
        }
        do {
            for try await piece in stream.pieces {
                size += piece.count
                let offset = cutter.cutOff
                if let list = cutter.take(piece) { try take(list, from: offset) }
                guard cutter.hasBegun || size < Self.mostBlanks else {
                    throw server.unreadable(path, "no list has begun after a mebibyte")
                }
                guard cutter.last.count <= Self.longestElement else {
                    throw NetworkError.tooLarge(cap: Self.longestElement)
                }
            }
            // An answer that is no list at all was not cut: whoever sent it is told by its start.
            let rest = HTTPAnswer(status: 200, body: cutter.last)
            try take(server.json(rest, from: path), from: cutter.cutOff)
            return (elements, size)
        } catch let error as JSONError {
            throw server.unreadable(path, "\(error)")
        } catch {
            throw server.trouble(error)
        }
    }
}

extension Server {
    /// The pieces of a short stream put together.
    fileprivate func whole(_ stream: HTTPStream) async throws(FeedError) -> HTTPAnswer {
        var body: [UInt8] = []
        do {
            for try await piece in stream.pieces { body += piece }
        } catch {
            throw trouble(error)
        }
        return HTTPAnswer(status: stream.status, headers: stream.headers, body: body)
    }

    fileprivate func trouble(_ error: any Error) -> FeedError {
        if let error = error as? FeedError { return error }
        return .unreachable(address: address, error as? NetworkError ?? .cancelled)
    }
}
