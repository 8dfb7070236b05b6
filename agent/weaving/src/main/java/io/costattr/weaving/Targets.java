package io.costattr.weaving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the agent weaves, by exact name. Loaded in premain: plain data and a plain map.
 *
 * <p>The data is by the family of libraries: {@link OkHttpTargets}, {@link JdkTargets}, {@link
 * ApacheTargets}, {@link NettyTargets}, {@link JettyTargets}, {@link KtorTargets}, in {@link
 * LayerTargets} what stands on those, in {@link ServerTargets} and {@link ListenerTargets} what
 * calls are made within, and in {@link ReactiveTargets} what takes work from thread to thread by
 * itself.
 */
final class Targets {
  /**
   * Classes that announce that a target is about to be used: when one is loaded, the weaver is
   * warmed on a thread of the agent's, so that the application does not wait for it. A program that
   * comes near neither an HTTP client nor a server never pays for the weaver.
   */
  private static final String[] HARBINGERS = {
    "okhttp3/OkHttpClient",
    "okhttp3/OkHttpClient$Builder",
    "java/net/http/HttpClient",
    "org/apache/hc/client5/http/classic/HttpClient",
    "org/apache/hc/client5/http/async/HttpAsyncClient",
    "org/apache/http/client/HttpClient",
    "org/apache/http/nio/client/HttpAsyncClient",
    "reactor/netty/http/client/HttpClient",
    "org/eclipse/jetty/client/HttpClient",
    "io/vertx/core/http/HttpClient",
    "org/asynchttpclient/AsyncHttpClient",
    "io/ktor/client/HttpClientConfig",
    "com/openai/core/ClientOptions",
    "com/openai/core/Params",
    "com/openai/client/OpenAIClient",
    "com/openai/client/okhttp/OpenAIOkHttpClient",
    "com/openai/client/okhttp/OpenAIOkHttpClientAsync",
    "com/anthropic/core/ClientOptions",
    "com/anthropic/client/okhttp/AnthropicOkHttpClient",
  };

  private static final String WEBFLUX = "org/springframework/web/server/WebHandler";

  /**
   * Classes that announce that requests are going to be served, jobs to be run or messages
   * received.
   */
  private static final String[] SERVERS = {
    "com/sun/net/httpserver/HttpServer",
    "org/apache/catalina/Lifecycle",
    "org/eclipse/jetty/server/Handler",
    "io/undertow/Undertow",
    "org/quartz/Scheduler",
    WEBFLUX,
    "org/glassfish/jersey/server/ApplicationHandler",
    "org/jboss/resteasy/spi/ResteasyDeployment",
    "io/vertx/ext/web/Router",
    "org/springframework/kafka/listener/MessageListenerContainer",
    "com/rabbitmq/client/ConnectionFactory",
    "jakarta/jms/MessageListener",
    "javax/jms/MessageListener",
    "org/springframework/jms/listener/MessageListenerContainer",
    "io/awspring/cloud/sqs/listener/MessageListenerContainer",
  };

  /** Executors of libraries, see {@code ThreadTargets}, which premain does not load. */
  static final String[] EXECUTORS = {
    "org/apache/tomcat/util/threads/ThreadPoolExecutor",
    "org/eclipse/jetty/util/thread/QueuedThreadPool",
    "io/netty/util/concurrent/SingleThreadEventExecutor",
    "io/netty/util/concurrent/AbstractEventExecutor",
    "io/netty/util/concurrent/AbstractScheduledEventExecutor",
    "io/vertx/core/impl/TaskQueue",
    "org/springframework/core/task/SimpleAsyncTaskExecutor",
    "reactor/core/publisher/FluxSubscribeOnCallable$CallableSubscribeOnSubscription",
    "reactor/core/scheduler/ParallelScheduler",
    "reactor/core/scheduler/SingleScheduler",
    "reactor/core/scheduler/BoundedElasticScheduler",
    "reactor/core/scheduler/BoundedElasticThreadPerTaskScheduler",
    "reactor/core/scheduler/BoundedElasticThreadPerTaskScheduler$SingleThreadExecutorWorker",
    "reactor/core/scheduler/DelegateServiceScheduler",
    "reactor/core/scheduler/ExecutorServiceWorker",
    "reactor/core/scheduler/ExecutorScheduler",
    "reactor/core/scheduler/ExecutorScheduler$ExecutorSchedulerWorker",
    "reactor/core/scheduler/ExecutorScheduler$ExecutorSchedulerTrampolineWorker",
    "io/reactivex/rxjava3/core/Scheduler",
    "io/reactivex/rxjava3/internal/schedulers/NewThreadWorker",
    "io/reactivex/rxjava3/internal/schedulers/SingleScheduler",
    "io/reactivex/rxjava3/internal/schedulers/SingleScheduler$ScheduledWorker",
    "io/reactivex/rxjava3/internal/schedulers/ExecutorScheduler",
    "io/reactivex/rxjava3/internal/schedulers/ExecutorScheduler$ExecutorWorker",
  };

  /** The application's copies of the classes from which context is read, see NotedContext. */
  static final String API_CONTEXT = "io/costattr/api/AttributionContext";

  static final String OTEL_SPAN = "io/opentelemetry/api/trace/Span";
  static final String OTEL_AGENT_SPAN =
      "io/opentelemetry/javaagent/shaded/io/opentelemetry/api/trace/Span";

  static final String OTEL_BAGGAGE = "io/opentelemetry/api/baggage/Baggage";
  static final String OTEL_AGENT_BAGGAGE =
      "io/opentelemetry/javaagent/shaded/io/opentelemetry/api/baggage/Baggage";

  /** Of these only rules are told. */
  static final String SLF4J_MDC = "org/slf4j/MDC";

  static final String LOG4J_MDC = "org/apache/logging/log4j/ThreadContext";
  static final String SPRING_SECURITY =
      "org/springframework/security/core/context/SecurityContextHolder";

  /** With it come observations, of which some are of model calls. */
  static final String MICROMETER = "io/micrometer/observation/ObservationRegistry";

  /** Servers whose requests have a context of their own. */
  static final String VERTX_WEB = "io/vertx/ext/web/RoutingContext";

  static final String MICRONAUT = "io/micronaut/web/router/Router";

  private static final Target[] OWN_API = {
    new Target(
        "io/costattr/api/Budgets",
        "costattr-api",
        new Hook(
            "remaining",
            "(Lio/costattr/api/Attribution;)Ljava/util/List;",
            "io.costattr.advice.context.RemainingAdvice")),
  };

  private static final List<Target> ALL = new ArrayList<>(192);
  private static final Map<String, Object> BY_NAME = new HashMap<>(512);

  static {
    Target[][] families = {
      OkHttpTargets.ALL,
      JdkTargets.ALL,
      ApacheTargets.ALL,
      NettyTargets.ALL,
      JettyTargets.ALL,
      KtorTargets.ALL,
      LayerTargets.ALL,
      ServerTargets.ALL,
      ListenerTargets.ALL,
      ReactiveTargets.ALL,
      OWN_API,
    };
    for (Target[] family : families) {
      Collections.addAll(ALL, family);
    }
    for (Target target : ALL) {
      BY_NAME.put(target.internalName(), target);
    }
    for (Unseen unseen : KtorTargets.UNSEEN) {
      BY_NAME.put(unseen.internalName(), unseen);
    }
    for (String harbinger : HARBINGERS) {
      BY_NAME.put(harbinger, Note.HARBINGER);
    }
    for (String server : SERVERS) {
      BY_NAME.put(server, Note.SERVER);
    }
    for (String executor : EXECUTORS) {
      BY_NAME.put(executor, Note.EXECUTOR);
    }
    BY_NAME.put(API_CONTEXT, Note.CONTEXT);
    BY_NAME.put(OTEL_SPAN, Note.CONTEXT);
    BY_NAME.put(OTEL_AGENT_SPAN, Note.CONTEXT);
    BY_NAME.put(OTEL_BAGGAGE, Note.CONTEXT);
    BY_NAME.put(OTEL_AGENT_BAGGAGE, Note.CONTEXT);
    BY_NAME.put(SLF4J_MDC, Note.CONTEXT);
    BY_NAME.put(LOG4J_MDC, Note.CONTEXT);
    BY_NAME.put(SPRING_SECURITY, Note.CONTEXT);
    BY_NAME.put(MICROMETER, Note.CONTEXT);
    BY_NAME.put(VERTX_WEB, Note.CONTEXT);
    BY_NAME.put(MICRONAUT, Note.CONTEXT);
  }

  /** What to do about a class that is not woven but worth noting. */
  enum Note {
    /** Warm the weaver. */
    HARBINGER,
    /** Warm the weaver, and weave the executors. */
    SERVER,
    /** Weave it when the JDK's are. */
    EXECUTOR,
    /** Remember it as a source of context. */
    CONTEXT
  }

  private Targets() {}

  /** A {@link Target}, an {@link Unseen}, a {@link Note}, or null: one hash look-up. */
  static @Nullable Object find(String internalName) {
    return BY_NAME.get(internalName);
  }

  /** Whether a class announces a library that tells its requests apart by contexts of its own. */
  static boolean tellsRequestsApart(String internalName) {
    return internalName.equals(WEBFLUX)
        || internalName.equals(VERTX_WEB)
        || internalName.equals(MICRONAUT);
  }

  static List<Target> all() {
    return ALL;
  }
}
