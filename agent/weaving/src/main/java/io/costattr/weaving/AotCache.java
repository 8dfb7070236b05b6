package io.costattr.weaving;

import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether this JVM records for an AOT cache (JEP 483), and what must not be woven then: with woven
 * executors HotSpot crashes at the end of the recording, and there is no cache; with the woven
 * facade of the JDK's HTTP client it crashes at the start of every run that uses the cache (seen
 * with JDK 25.0.3).
 */
final class AotCache {
  private static final String VM_PACKAGE = "jdk.internal.misc";
  private static final List<String> RECORDING =
      List.of("-XX:AOTCacheOutput", "-XX:AOTMode=record", "-XX:AOTMode=create");

  /** Woven only to see who calls; the call itself is seen in the class behind it. */
  private static final String FACADE = "jdk/internal/net/http/HttpClientFacade";

  private AotCache() {}

  /** Whether a class must be left as it is, for the cache's sake. */
  static boolean spoils(String internalName, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    return internalName.equals(FACADE) && isRecorded(instrumentation);
  }

  /** Asks the JVM for its options, wherever they come from, and without loading JMX. */
  static boolean isRecorded(Instrumentation instrumentation) throws ReflectiveOperationException {
    if (Runtime.version().feature() < 24) {
      return false;
    }
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(VM_PACKAGE, Set.of(AotCache.class.getModule())),
        Map.of(),
        Set.of(),
        Map.of());
    String[] options =
        (String[]) Class.forName(VM_PACKAGE + ".VM").getMethod("getRuntimeArguments").invoke(null);
    return Arrays.stream(options)
        .anyMatch(option -> RECORDING.stream().anyMatch(option::startsWith));
  }
}
