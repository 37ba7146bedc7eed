// InstantTests: moments as RFC 3339 writes them.
import Events
import Foundation
import Testing

struct InstantTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_795_461_608_501, "2026-11-23T19:20:08.501Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ])
    func `a moment is written, and read again`(milliseconds: Int64, text: String) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.rfc3339 == text)
        #expect(instant.timestamp == "\(text.prefix(19))Z")
        #expect(Instant(rfc3339: text) == instant)
    }

    @Test func `what lies beyond the years 1 to 9999 is brought within`() {
        #expect(Instant(milliseconds: .max).rfc3339 == "9999-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: .min).rfc3339 == "0001-01-01T00:00:00.000Z")
    }

    @Test func `a moment is kept as a number, and read as an older clawtop kept it`() throws {
        let instant = Instant(milliseconds: -1)
        #expect(try JSONEncoder().encode([instant]) == Data("[-1]".utf8))
        for text in ["[-1]", #"[{"milliseconds":-1}]"#] {
            #expect(try JSONDecoder().decode([Instant].self, from: Data(text.utf8)) == [instant])
        }
        for text in ["[1.5]", "[null]", #"["1"]"#, "[{}]", "[1e30]"] {
            #expect(throws: (any Error).self) {
                try JSONDecoder().decode([Instant].self, from: Data(text.utf8))
            }
        }
    }
}
