// CurlClient: HTTP over libcurl's multi handle, on a thread of its own.

/// Placeholder: to be written.
package final class CurlClient: HTTPClient {
    package static let shared = CurlClient()

    private init() {}

    package func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        throw .missingLibrary(package: "libcurl4")
    }

    package func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        throw .missingLibrary(package: "libcurl4")
    }
}
