package io.costattr.weaving;

import io.costattr.core.Log;
import io.costattr.core.attribution.Attribution;
import io.costattr.core.attribution.ContextSource;
import io.costattr.core.attribution.ContextSources;
import io.costattr.core.attribution.HostCall;
import io.costattr.core.attribution.HostSpan;
import io.costattr.core.attribution.Served;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a context class that the gate saw being loaded. Its reader is made at the first
 * question and kept by the class itself, so that neither outlives the application.
 */
final class NotedContext implements ContextSource {
  private static final String OTEL_AGENT = "io/opentelemetry/javaagent/";
  private static final ContextSource SILENT = new ContextSource() {};

  private static final ClassValue<ContextSource> READERS =
      new ClassValue<>() {
        @Override
        protected ContextSource computeValue(Class<?> holder) {
          try {
            return (ContextSource)
                AdviceLoader.of(holder.getClassLoader())
                    .loadClass(readerOf(holder.getName()))
                    .getConstructor()
                    .newInstance();
          } catch (ReflectiveOperationException | LinkageError fault) {
            Log.fault("reading " + holder.getName(), fault);
            return SILENT;
          }
        }
      };

  private final NotedClass noted;

  /** Whether it holds nothing but what rules ask for. */
  private final boolean isForRules;

  /** Whether it holds nothing but what is served. */
  private final boolean isServer;

  private NotedContext(NotedClass noted, String internalName) {
    this.noted = noted;
    isForRules =
        internalName.equals(Targets.SLF4J_MDC)
            || internalName.equals(Targets.LOG4J_MDC)
            || internalName.equals(Targets.SPRING_SECURITY);
    isServer = internalName.equals(Targets.VERTX_WEB) || internalName.equals(Targets.MICRONAUT);
  }

  /** Called by the gate while the class is being loaded: it must not be touched yet. */
  static void note(String internalName, @Nullable ClassLoader loader) {
    NotedContext noted = new NotedContext(new NotedClass(internalName, loader), internalName);
    if (internalName.startsWith(OTEL_AGENT)) {
      // It bridges the application's own API, behind which its spans can be read less well.
      ContextSources.addFirst(noted);
    } else {
      ContextSources.add(noted);
    }
  }

  @Override
  public @Nullable Attribution attribution() {
    return isForRules ? null : reader().attribution();
  }

  @Override
  public @Nullable Attribution baggage() {
    return isForRules ? null : reader().baggage();
  }

  @Override
  public @Nullable RuntimeException missing(String message, Set<String> dimensions) {
    return isForRules ? null : reader().missing(message, dimensions);
  }

  @Override
  public @Nullable HostSpan span() {
    return isForRules ? null : reader().span();
  }

  @Override
  public @Nullable String mdc(String key) {
    return isForRules ? reader().mdc(key) : null;
  }

  @Override
  public @Nullable Object principal() {
    return isForRules ? reader().principal() : null;
  }

  @Override
  public @Nullable Served served() {
    return isServer ? reader().served() : null;
  }

  @Override
  public @Nullable HostCall call(@Nullable Object carried) {
    return isForRules ? null : reader().call(carried);
  }

  private ContextSource reader() {
    Class<?> holder = noted.get();
    if (holder == null) {
      ContextSources.remove(this);
      return SILENT;
    }
    return READERS.get(holder);
  }

  private static String readerOf(String holder) {
    return switch (holder) {
      case "io.costattr.api.AttributionContext" -> "io.costattr.advice.context.ApiAttribution";
      case "io.opentelemetry.api.trace.Span" -> "io.costattr.advice.context.OtelSpan";
      case "io.opentelemetry.api.baggage.Baggage" -> "io.costattr.advice.context.OtelBaggage";
      case "org.slf4j.MDC" -> "io.costattr.advice.context.Slf4jMdc";
      case "org.apache.logging.log4j.ThreadContext" -> "io.costattr.advice.context.Log4jMdc";
      case "org.springframework.security.core.context.SecurityContextHolder" ->
          "io.costattr.advice.context.SpringSecurity";
      case "io.micrometer.observation.ObservationRegistry" ->
          "io.costattr.advice.context.MicrometerObservation";
      case "io.vertx.ext.web.RoutingContext" -> "io.costattr.advice.serving.vertx.VertxRequests";
      case "io.micronaut.web.router.Router" ->
          "io.costattr.advice.serving.micronaut.MicronautRequests";
      default ->
          holder.endsWith("Baggage")
              ? "io.costattr.advice.context.OtelAgentBaggage"
              : "io.costattr.advice.context.OtelAgentSpan";
    };
  }
}
