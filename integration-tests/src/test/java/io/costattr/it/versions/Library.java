package io.costattr.it.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A library whose calls are observed: one program, in several of its versions. */
final class Library {
  private final String name;
  private final String artifact;
  private final String program;
  private final List<String> versions;
  private final Map<String, Integer> attempts;
  private UnaryOperator<String> ending = version -> "";
  private Function<String, List<String>> besides = version -> List.of();
  private UnaryOperator<String> client;
  private BinaryOperator<String> adapted = (source, version) -> source;
  private Function<String, List<String>> processors = version -> List.of();
  private ToIntFunction<String> java = version -> 17;
  private boolean netty;
  private boolean jdk;
  private List<String> suites = List.of();
  private final Map<String, UnaryOperator<String>> clients = new TreeMap<>();
  private final Set<String> estimated = new TreeSet<>();
  private final Map<String, String> since = new TreeMap<>();
  private String remark = "";

  /**
   * @param name what it is called
   * @param artifact {@code group:artifact}
   * @param program the directory of its program below {@code programs}
   * @param versions the lowest, those between where the library changed what hooks depend on, and
   *     the latest
   * @param attempts how many attempts of each customer's the program makes
   */
  Library(
      String name,
      String artifact,
      String program,
      List<String> versions,
      Map<String, Integer> attempts) {
    this.name = name;
    this.artifact = artifact;
    this.program = program;
    this.versions = versions;
    this.attempts = attempts;
    this.client = version -> name + " " + version;
  }

  /**
   * One that the JDK brings: it has no artifact, and the version of the JDK that runs the tests.
   */
  static Library ofTheJdk(String name, String program, Map<String, Integer> attempts) {
    Library library = new Library(name, "", program, List.of("jdk"), attempts);
    library.jdk = true;
    return library.reportedAs(version -> name + " *");
  }

  /** With an ending of the artifact's name, for some versions. */
  Library ending(UnaryOperator<String> newEnding) {
    ending = newEnding;
    return this;
  }

  /** With more that Maven fetches for a version. */
  Library besides(Function<String, List<String>> artifacts) {
    besides = artifacts;
    return this;
  }

  /**
   * With another field {@code client} of its events than its own name and version; ending in {@code
   * *}, what that begins with.
   */
  Library reportedAs(UnaryOperator<String> newClient) {
    client = newClient;
    return this;
  }

  /** With another field {@code client} in the events of that customer's. */
  Library reportedAs(String customer, UnaryOperator<String> newClient) {
    clients.put(customer, newClient);
    return this;
  }

  /** With customers whose streams report no usage, because nothing asks for it. */
  Library estimated(String... customers) {
    estimated.addAll(List.of(customers));
    return this;
  }

  /**
   * With kinds of calls that no version before that one has: what the program has between the
   * comments {@code // kind:} and {@code // end} is left out there.
   */
  Library since(String version, String... kinds) {
    for (String kind : kinds) {
      since.put(kind, version);
    }
    return this;
  }

  /** With what a reader of the page must know besides. */
  Library remark(String newRemark) {
    remark = newRemark;
    return this;
  }

  /** With a program whose source, the first argument, a version wants otherwise. */
  Library adapted(BinaryOperator<String> adaptation) {
    adapted = adaptation;
    return this;
  }

  /** With what Maven fetches to process the annotations of its program. */
  Library processedBy(Function<String, List<String>> artifacts) {
    processors = artifacts;
    return this;
  }

  /** With the JVM that a version needs at least. */
  Library needing(ToIntFunction<String> javaVersion) {
    java = javaVersion;
    return this;
  }

  /** With Netty below it, which does what later JVMs warn of. */
  Library onNetty() {
    netty = true;
    return this;
  }

  /** On the JDK's HttpURLConnection: nothing of its own jars is woven. */
  Library onTheJdk() {
    jdk = true;
    return reportedAs(version -> "HttpURLConnection *");
  }

  /** With those methods of DifferentialTest, which compare what an application sees. */
  Library comparedBy(String... methods) {
    suites = List.of(methods);
    return this;
  }

  /** Every one. */
  static List<Library> all() {
    return Stream.of(Transports.ALL, Sdks.ALL, Frameworks.ALL).flatMap(List::stream).toList();
  }

  /** Those as well that give messages to listeners. */
  static List<Library> allWithListeners() {
    return Stream.of(all(), Listeners.ALL).flatMap(List::stream).toList();
  }

  String name() {
    return name;
  }

  String artifact() {
    return artifact;
  }

  String program() {
    return program;
  }

  List<String> versions() {
    return versions;
  }

  Map<String, Integer> attempts() {
    return attempts;
  }

  /** How many attempts of each customer's the program makes on that version. */
  Map<String, Integer> attempts(String version) {
    Map<String, Integer> had = new TreeMap<>(attempts);
    had.keySet().removeIf(kind -> lacks(version, kind));
    return had;
  }

  /** The kinds of calls, each with the version that it came with where that is not the first. */
  String kinds() {
    return attempts.keySet().stream()
        .map(kind -> since.containsKey(kind) ? kind + " (from " + since.get(kind) + ")" : kind)
        .collect(Collectors.joining(", "));
  }

  private boolean lacks(String version, String kind) {
    return versions.indexOf(version) < versions.indexOf(since.getOrDefault(kind, version));
  }

  List<String> suites() {
    return suites;
  }

  /** What Maven fetches for that version: {@code group:artifact:version}. */
  List<String> coordinates(String version) {
    List<String> coordinates = new ArrayList<>();
    if (artifact.isEmpty()) {
      return coordinates;
    }
    coordinates.add(artifact + ending.apply(version) + ":" + version);
    coordinates.addAll(besides.apply(version));
    return coordinates;
  }

  /** What processes the annotations of its program; none for most. */
  List<String> processors(String version) {
    return processors.apply(version);
  }

  /** Whether that version runs on that JVM. */
  boolean runsOn(int javaVersion, String version) {
    return javaVersion >= java.applyAsInt(version);
  }

  /** Whether nothing of its own jars is woven. */
  boolean isOnTheJdk() {
    return jdk;
  }

  String remark() {
    return remark;
  }

  /** The field {@code client} of its events. */
  String client(String version) {
    return client.apply(version);
  }

  /** The same, of a customer's. */
  String client(String version, String customer) {
    return clients.getOrDefault(customer, client).apply(version);
  }

  /** What the usage of a customer's calls is known by. */
  String basis(String customer) {
    return estimated.contains(customer) ? "estimated" : "reported";
  }

  /** The program's source as that version wants it. */
  String adapted(String source, String version) {
    String had = source;
    for (String kind : since.keySet()) {
      if (lacks(version, kind)) {
        had = had.replaceAll("(?s) *// " + kind + ":\n.*?// end\n", "");
      }
    }
    return adapted.apply(had, version);
  }

  /** What its JVM wants to be told. */
  String[] options(int javaVersion) {
    return netty && javaVersion >= 24
        ? new String[] {
          "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"
        }
        : new String[0];
  }

  static Map<String, Integer> once(String... customers) {
    Map<String, Integer> attempts = new TreeMap<>();
    for (String customer : customers) {
      attempts.put(customer, 1);
    }
    return attempts;
  }

  static Map<String, Integer> with(Map<String, Integer> attempts, String... retried) {
    for (String customer : retried) {
      attempts.put(customer, 2);
    }
    return attempts;
  }
}
