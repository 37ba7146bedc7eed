// SilenceClient: an Alertmanager's silences, read and written as mutes.
package import Events
import Network

package struct SilenceClient: Sendable {
    private let api: AlertmanagerAPI
    private let feed: FeedID
    private static let path = "/api/v2/silences"

    /// `feed` is whose the mutes are said to be.
    package init(_ api: AlertmanagerAPI, of feed: FeedID) {
        (self.api, self.feed) = (api, feed)
    }

    /// All that it knows; those that expired within the last days have ended.
    package func all() async throws(FeedError) -> [Mute] {
        try await api.get(Self.path, as: [Silence].self).compactMap { $0.mute(of: feed) }
    }

    /// Makes a silence of one of our mutes; its comment ends with a ``SilenceMark``.
    ///
    /// - Returns: the silence's id.
    /// - Throws: what the Alertmanager says against it: a mute that would hold for alerts that lack
    ///   all its labels is refused there.
    package func create(_ mute: Mute) async throws(FeedError) -> String {
        try await post(PostedSilence(mute))
    }

    /// Makes a silence what a mute is now; one that has expired begins again.
    ///
    /// - Returns: the silence's id: a new one where the matchers differ, or the start of an active one.
    package func update(_ silence: Mute.ID, to mute: Mute) async throws(FeedError) -> String {
        try await post(PostedSilence(mute, id: silence))
    }

    /// Ends a silence; one that has ended, or that nobody knows, is no error.
    package func expire(_ silence: Mute.ID) async throws(FeedError) {
        do throws(FeedError) {
            _ = try await api.send("DELETE", "/api/v2/silence/\(silence.percentEncoded())")
        } catch {
            switch error {
            case .refused(_, _, 404, _, _): return
            // So said Alertmanager before 0.27, with status 500.
            case .refused(_, _, 500, let words, _) where words.contains("not found"): return
            default: throw error
            }
        }
    }

    private func post(_ silence: PostedSilence) async throws(FeedError) -> String {
        struct Created: Decodable { var silenceID: String }
        let answer = try await api.send("POST", Self.path, silence)
        return try api.decode(Created.self, answer, Self.path).silenceID
    }
}
