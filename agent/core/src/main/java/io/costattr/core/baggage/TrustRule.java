package io.costattr.core.baggage;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.BaggageReader;
import io.costattr.core.attribution.RequestBaggage;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Believes the {@code baggage} header of a request when the configuration says so of where it comes
 * from, or of how it is signed. Immutable.
 */
final class TrustRule implements RequestBaggage.Trust {
  private final @Nullable Peers peers;
  private final @Nullable Signature signature;

  private TrustRule(@Nullable Peers peers, @Nullable Signature signature) {
    this.peers = peers;
    this.signature = signature;
  }

  /** Believes requests that come from there. */
  static TrustRule of(Peers peers) {
    return new TrustRule(peers, null);
  }

  /** Believes what is signed so. */
  static TrustRule of(Signature signature) {
    return new TrustRule(null, signature);
  }

  @Override
  public RequestBaggage of(List<String> headers, Supplier<@Nullable String> peer, long arrivedMs) {
    if (headers.isEmpty()) {
      return RequestBaggage.NONE;
    }
    Members members = Members.read(headers);
    if (members == null) {
      return RequestBaggage.UNREAD;
    }
    Map<String, String> own = members.own();
    if (own.isEmpty()) {
      return RequestBaggage.NONE;
    }
    Collection<String> believed = believed(members, peer, arrivedMs);
    return new RequestBaggage(
        attribution(own, believed), attribution(own, others(own, believed)), false);
  }

  private static Collection<String> others(Map<String, String> own, Collection<String> believed) {
    if (believed.size() == own.size()) {
      return List.of();
    }
    List<String> others = new ArrayList<>(own.keySet());
    others.removeAll(believed);
    return others;
  }

  private static @Nullable Attribution attribution(
      Map<String, String> own, Collection<String> keys) {
    if (keys.isEmpty()) {
      return null;
    }
    BaggageReader reader = new BaggageReader();
    for (String key : keys) {
      reader.entry(key, Objects.requireNonNull(own.get(key)));
    }
    return reader.attribution();
  }

  private Collection<String> believed(
      Members members, Supplier<@Nullable String> peer, long arrivedMs) {
    if (signature != null) {
      String said = members.signature();
      return said == null ? List.of() : signed(signature, said, members.own(), arrivedMs);
    }
    String address = peer.get();
    if (address == null) {
      Log.warnOnce(
          "baggage:peer",
          "where a request comes from is not known in this server: its baggage does not count;"
              + " costattr.baggage.trust=signed does not need to know");
    } else if (peers != null && peers.contain(address)) {
      return members.own().keySet();
    }
    return List.of();
  }

  private static List<String> signed(
      Signature signature, String said, Map<String, String> own, long arrivedMs) {
    try {
      List<String> signed = signature.signed(said, own, arrivedMs);
      if (signed != null) {
        return signed;
      }
      Log.warnOnce(
          "baggage:signature",
          "baggage with a signature that is too old, of another key or of other values does not"
              + " count (said once)");
    } catch (GeneralSecurityException fault) {
      Log.fault("checking the signature of baggage", fault);
    }
    return List.of();
  }
}
