// Database+JSON: values that are kept as a whole, as JSON.
import FoundationEssentials

extension Database {
    func encode(_ what: String, _ value: some Encodable) throws(DatabaseError) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        } catch {
            throw DatabaseError(path, .unwritable(what))
        }
    }

    func decode<Value: Decodable>(_ what: String, _ text: String) throws(DatabaseError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw DatabaseError(path, .unreadable(what))
        }
    }
}
