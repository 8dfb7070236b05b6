package io.costattr.it.versions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The page {@code docs/supported-libraries.md}. */
final class SupportedLibraries {
  private SupportedLibraries() {}

  static String page() {
    StringBuilder text =
        new StringBuilder(
            """
            # Supported libraries

            *Generated from `io.costattr.it.versions.Library`; a test holds the two together.*

            Every version named here makes real calls in a JVM of its own, on each JDK that `./verify` finds: each attempt is
            exactly one event, with the model asked for (read from the request), the model that answered and the provider's own
            token counts (read from the response), the caller's attribution, the price, and the client named below: of libraries
            that stand on each other the highest that is known. Versions between the tested ones are woven as well; where a class
            does not have the shape that is known, it is left alone and named in one line on standard error. What is woven of each
            version is in [woven-methods.md](woven-methods.md).

            | library | versions tested | calls, by their kind | reported as, in the latest | row | |
            |---|---|---|---|---|---|
            """);
    for (Library library : Library.all()) {
      List<String> versions = library.versions();
      text.append("| ").append(title(library));
      text.append(" | ")
          .append(library.artifact().isEmpty() ? "of the JDK" : String.join(", ", versions));
      text.append(" | ").append(library.kinds());
      text.append(" | ").append(reported(library, versions.get(versions.size() - 1)));
      text.append(" | `").append(library.program()).append("` | ");
      text.append(library.remark()).append(" |\n");
    }
    text.append(
"""

        The test is `VersionsTest`, the programs are in `integration-tests/src/test/resources/programs`. One row, or one version
        of it:

        ```bash
        mvn -q package -pl integration-tests -am -Dtest=VersionsTest -Dsurefire.failIfNoSpecifiedTests=false \\
          -Dcostattr.test.library=okhttp:4.12.0
        ```
""");
    servers(text);
    text.append(
        """

        ## Message listeners

        Every version named here is given messages by a real broker, in a JVM of its own: calls that are made for a message, on
        whichever thread, have the [route](attribution.md#message-listeners) of its topic or queue, and nothing of it stays.

        | library | versions tested | |
        |---|---|---|
        """);
    for (Library library : Listeners.ALL) {
      text.append("| ").append(title(library));
      text.append(" | ").append(String.join(", ", library.versions()));
      text.append(" | ").append(library.remark()).append(" |\n");
    }
    text.append(
        """

        The test is `ListenersTest`.

        ## What is not seen

        Calls through Ktor's engines CIO and Jetty (the client's, not the server's): the agent says so in one line when such
        an engine is loaded. Ktor's engines OkHttp, Java, Apache, Apache5 and Android are observed; an application changes its
        engine by one dependency. Why, is in [decisions/012-ktor.md](decisions/012-ktor.md); the test is `UnseenTest`.

        Clients with a network stack of their own that is not woven: those of Micronaut, Helidon and Armeria, Pekko HTTP and
        Akka HTTP, Netty used by hand. The agent does not say so: most programs that load them call no model through them. A
        model called through a gateway that is observed, or through one of the clients above, is.

        ## What the application sees

        The same program runs with the agent and without it, and sees the same: bodies and headers, early closes, cancellation,
        timeouts, resets in mid-body, redirects, retries, back-pressure, handlers that throw. The tests are methods of
        `DifferentialTest`.

        | library | compared in |
        |---|---|
        """);
    for (Library library : Library.all()) {
      if (!library.suites().isEmpty()) {
        text.append("| ").append(title(library));
        text.append(" | `").append(String.join("`, `", library.suites())).append("` |\n");
      }
    }
    return text.toString();
  }

  private static String title(Library library) {
    return library.artifact().isEmpty()
        ? library.name()
        : library.name() + " (`" + library.artifact() + "`)";
  }

  /** What the events name as the client; each only once. */
  private static String reported(Library library, String version) {
    Set<String> clients = new LinkedHashSet<>();
    for (String customer : library.attempts().keySet()) {
      String client = library.client(version, customer);
      clients.add(client.endsWith(" *") ? client.substring(0, client.length() - 2) : client);
    }
    return "`" + String.join("`, `", clients) + "`";
  }

  /** The methods of DifferentialTest that the page names, in alphabetical order. */
  static Set<String> comparisons() {
    Set<String> comparisons = new TreeSet<>();
    Library.all().forEach(library -> comparisons.addAll(library.suites()));
    return comparisons;
  }

  private static void servers(StringBuilder text) {
    text.append(
        """

        ## Servers

        Whose requests' routes are taken ([attribution.md](attribution.md#routes-of-requests-and-jobs)); the test is
        `ServedRoutesTest`. Besides these: servlets, Spring MVC and the JDK's server.

        | server | versions tested | |
        |---|---|---|
        """);
    for (Library server : Servers.ALL) {
      text.append("| ").append(title(server));
      text.append(" | ").append(String.join(", ", server.versions()));
      text.append(" | ").append(server.remark()).append(" |\n");
    }
  }
}
