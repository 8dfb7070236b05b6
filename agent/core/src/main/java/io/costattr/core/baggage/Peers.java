package io.costattr.core.baggage;

import io.costattr.core.Log;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses and networks from which requests are believed. Immutable. */
final class Peers {
  private final List<Network> networks = new ArrayList<>();

  /** What was asked about last: requests come from few addresses, and reading one takes long. */
  private volatile @Nullable Known last;

  private record Known(String address, boolean contained) {}

  /**
   * @param list {@code ADDRESS[/BITS],...}; what is none is said and left out
   */
  Peers(String list) {
    for (String part : list.split("[,+\\s]+")) {
      if (part.isEmpty()) {
        continue;
      }
      Network network = Network.of(part);
      if (network == null) {
        Log.warn(
            "costattr.baggage.peers: \""
                + part
                + "\" is neither an address nor a network as 10.1.0.0/16; it is ignored");
      } else {
        networks.add(network);
      }
    }
  }

  boolean isEmpty() {
    return networks.isEmpty();
  }

  /**
   * @param address in digits, as the socket has it
   */
  boolean contain(String address) {
    Known known = last;
    if (known == null || !known.address().equals(address)) {
      known = new Known(address, isIn(address));
      last = known;
    }
    return known.contained();
  }

  private boolean isIn(String address) {
    byte[] bytes = bytes(address);
    if (bytes != null) {
      for (Network network : networks) {
        if (network.contains(bytes)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Never asks a server of names; an IPv4 address that is written as IPv6 is one of IPv4. */
  private static byte @Nullable [] bytes(String address) {
    int zone = address.indexOf('%');
    String digits = zone < 0 ? address : address.substring(0, zone);
    boolean six = digits.indexOf(':') >= 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c != '.' && (six ? c != ':' && Character.digit(c, 16) < 0 : c < '0' || c > '9')) {
        return null;
      }
    }
    // Forms as "10.1" are somebody's shorthand, and not what a socket says.
    if (!six && digits.chars().filter(c -> c == '.').count() != 3) {
      return null;
    }
    try {
      return InetAddress.getByName(digits).getAddress();
    } catch (UnknownHostException none) {
      return null;
    }
  }

  /** The addresses that have the first so many bits of one. */
  private static final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    static @Nullable Network of(String text) {
      int slash = text.indexOf('/');
      byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
      if (address == null) {
        return null;
      }
      int most = address.length * 8;
      if (slash < 0) {
        return new Network(address, most);
      }
      try {
        int bits = Integer.parseInt(text.substring(slash + 1));
        return bits >= 0 && bits <= most ? new Network(address, bits) : null;
      } catch (NumberFormatException none) {
        return null;
      }
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit));
        if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
