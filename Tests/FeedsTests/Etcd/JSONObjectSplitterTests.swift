// JSONObjectSplitterTests: objects are found wherever the stream is cut.
import Testing

@testable import Feeds

struct JSONObjectSplitterTests {
    private func objects(_ pieces: [[UInt8]]) throws -> [String] {
        var splitter = JSONObjectSplitter()
        return try pieces.flatMap { try splitter.take($0) }.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: EtcdFixture.versions)
    func `a recorded watch is the same wherever one cut is made`(version: String) throws {
        let bytes = try EtcdFixture.bytes(version, "watch_prefix_live.ndjson")
        let whole = try objects([bytes])
        #expect(whole.count == 4)
        for cut in 0...bytes.count {
            #expect(try objects([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole)
        }
    }

    @Test(arguments: [1, 2, 3, 7])
    func `pieces may be as short as a byte`(length: Int) throws {
        let bytes = try EtcdFixture.bytes("3.6", "watch_from_revision_replay.ndjson")
        let pieces = stride(from: 0, to: bytes.count, by: length).map {
            Array(bytes[$0..<min($0 + length, bytes.count)])
        }
        #expect(try objects(pieces) == objects([bytes]))
    }

    @Test func `braces, quotes and backslashes in strings are text`() throws {
        let text = #"{"a":"}{\"]\\"}{"b" : [{"c":"\\\""}] }"#
        #expect(
            try objects([Array(text.utf8)]) == [#"{"a":"}{\"]\\"}"#, #"{"b" : [{"c":"\\\""}] }"#])
    }

    @Test func `objects need no newline, and spaces between them are nothing`() throws {
        #expect(try objects([Array(" {} \r\n\t{}{}\n".utf8)]) == ["{}", "{}", "{}"])
    }

    @Test func `an object that is not complete waits`() throws {
        var splitter = JSONObjectSplitter()
        #expect(try splitter.take(Array(#"{"a":"#.utf8)).isEmpty)
        #expect(splitter.rest.count == 5)
    }

    @Test(arguments: ["<html>", "[]", "null", "{}]", "Not found"])
    func `what is no object is an error`(text: String) {
        #expect(throws: JSONObjectSplitter.Trouble.self) { try objects([Array(text.utf8)]) }
    }

    @Test func `an object without end is an error before it fills the memory`() {
        var splitter = JSONObjectSplitter(cap: 100)
        #expect(throws: JSONObjectSplitter.Trouble.tooLong(cap: 100)) {
            try splitter.take(Array(repeating: UInt8(ascii: "{"), count: 101))
        }
    }
}
