package io.costattr.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is, as {@code costattr.budget.store} says it:
 *
 * <pre>
 *   redis://HOST[:PORT][,HOST...][/DATABASE]                  one server, or several of which one is the primary
 *   redis-cluster://HOST[:PORT][,HOST...]                     some nodes of a cluster
 *   redis-sentinel://HOST[:PORT][,HOST...]/PRIMARY[/DATABASE] its sentinels
 * </pre>
 *
 * {@code rediss} in the place of {@code redis} is the same by TLS.
 *
 * @param master how sentinels call the primary; else empty
 * @param user from the address itself, or null
 * @param password from the address itself, or null
 */
record Address(
    Kind kind,
    boolean tls,
    List<Host> hosts,
    int database,
    String master,
    @Nullable String user,
    @Nullable String password) {

  /** What stands there. */
  enum Kind {
    SINGLE,
    CLUSTER,
    SENTINEL
  }

  record Host(String name, int port) {
    @Override
    public String toString() {
      return name + ":" + port;
    }
  }

  /** What is allowed, for messages. */
  static final String ALLOWED =
      "redis://HOST[:PORT][,HOST...][/DATABASE], redis-cluster://HOST[:PORT],... or"
          + " redis-sentinel://HOST[:PORT],.../PRIMARY[/DATABASE], each with rediss for TLS";

  private static final Pattern FORM =
      Pattern.compile(
          "(rediss?)(?:-(cluster|sentinel))?://(?:([^@]*)@)?([^/@]+)((?:/[^/?#]*){0,2})");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::(\\d+))?");
  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26_379;
  private static final int LAST_PORT = 65_535;

  /** The address that a text is; null when it is none. */
  static @Nullable Address of(String text) {
    Matcher form = FORM.matcher(text.trim());
    if (!form.matches()) {
      return null;
    }
    Kind kind =
        form.group(2) == null
            ? Kind.SINGLE
            : form.group(2).equals("cluster") ? Kind.CLUSTER : Kind.SENTINEL;
    List<Host> hosts = new ArrayList<>();
    for (String one : form.group(4).split(",", -1)) {
      Host host = host(one, kind == Kind.SENTINEL ? SENTINEL_PORT : PORT);
      if (host == null) {
        return null;
      }
      hosts.add(host);
    }
    String[] path = form.group(5).isEmpty() ? new String[0] : form.group(5).substring(1).split("/");
    int first = kind == Kind.SENTINEL ? 1 : 0;
    String master = first == 1 && path.length > 0 ? path[0] : "";
    String database = path.length > first ? path[first] : "0";
    boolean fits =
        path.length <= first + 1
            && database.matches("\\d{1,5}")
            && (first == 0 || !master.isEmpty())
            && (kind != Kind.CLUSTER || database.equals("0"));
    if (!fits) {
      return null;
    }
    String[] who = form.group(3) == null ? new String[0] : form.group(3).split(":", 2);
    return new Address(
        kind,
        form.group(1).equals("rediss"),
        List.copyOf(hosts),
        Integer.parseInt(database),
        master,
        who.length > 0 && !who[0].isEmpty() ? decoded(who[0]) : null,
        who.length > 1 ? decoded(who[1]) : null);
  }

  private static @Nullable Host host(String text, int otherwise) {
    Matcher host = HOST.matcher(text.trim());
    if (!host.matches()) {
      return null;
    }
    String port = host.group(2);
    int number = port == null ? otherwise : port.length() > 5 ? 0 : Integer.parseInt(port);
    String name = host.group(1);
    boolean literal = name.startsWith("[");
    return number < 1 || number > LAST_PORT
        ? null
        : new Host(literal ? name.substring(1, name.length() - 1) : name, number);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** Without a password. */
  @Override
  public String toString() {
    return hosts.toString();
  }
}
