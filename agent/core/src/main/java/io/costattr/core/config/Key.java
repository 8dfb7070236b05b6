package io.costattr.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every configuration key there is, with its kind, default and meaning. The configuration reference
 * in {@code docs/} is generated from it.
 */
public enum Key {
  ENABLED("enabled", Kind.FLAG, "true", "false: the agent leaves no trace in the JVM"),
  LOG("log", Kind.LEVEL, "warn", "how much the agent says on standard error"),
  CONFIG("config", Kind.TEXT, "costattr.yaml", "the configuration file; need not exist"),
  EVENTS_FILE("events.file", Kind.TEXT, null, "write one JSON line per attempt to this file"),
  EVENTS_MAX_BYTES(
      "events.max.bytes", Kind.NUMBER, "268435456", "rotate the events file beyond this size"),
  EVENTS_KEEP("events.keep", Kind.NUMBER, "10", "how many rotated events files to keep"),
  QUEUE_SIZE("queue.size", Kind.NUMBER, "65536", "entries held between application and sinks"),
  SPOOL(
      "spool",
      Kind.SPOOL,
      "auto",
      "the directory in which log events lie until the collector has them; auto: with the state or"
          + " the temporary files of the user that the JVM runs as; off: in memory only"),
  SPOOL_MAX_BYTES(
      "spool.max.bytes",
      Kind.NUMBER,
      "268435456",
      "room in the spool for all JVMs of a service on a host; the oldest events are dropped first"),
  PRICES_FILE("prices.file", Kind.TEXT, null, "a price file that overlays the built-in book"),
  PROMPT_SIZE_WARNING(
      "prompt.size.warning",
      Kind.NUMBER,
      "250000",
      "write a prompt_size_warning event for a prompt of more tokens; 0 for never"),
  UNPRICED_BUDGET(
      "unpriced.budget",
      Kind.UNPRICED,
      "none",
      "family: say in the event what a call without a price would cost at the highest rates of its"
          + " model's family; budgets count that anyway, see their field unpriced"),
  BUDGET_STORE(
      "budget.store",
      Kind.BUDGET_STORE,
      "file",
      "where what budgets have spent is kept: in a file that the JVMs of a machine share, in"
          + " memory until the JVM ends, or on a network in Redis or PostgreSQL"),
  BUDGET_STORE_USER(
      "budget.store.user", Kind.TEXT, null, "who the agent is to a store on a network"),
  BUDGET_STORE_PASSWORD(
      "budget.store.password", Kind.TEXT, null, "its password; better in the environment"),
  BUDGET_STORE_PASSWORD_FILE(
      "budget.store.password.file",
      Kind.TEXT,
      null,
      "a file that has the password, read at each connection"),
  BUDGET_STORE_AUTHORITIES(
      "budget.store.authorities",
      Kind.TEXT,
      null,
      "a PEM file of the certificates by which a Redis is believed over TLS; without it those of"
          + " the JVM"),
  BUDGET_STORE_PREFIX(
      "budget.store.prefix",
      Kind.NAME,
      "costattr",
      "what keys in a store on a network begin with: JVMs with other prefixes share nothing"),
  BUDGET_FILE(
      "budget.file",
      Kind.TEXT,
      "costattr-budgets.log",
      "that file; it and its directories are created when there are budgets"),
  BUDGET_STORE_TIMEOUT(
      "budget.store.timeout",
      Kind.NUMBER,
      "100",
      "milliseconds that a call may wait for a store on a network, where no lease is left"),
  BUDGET_RESERVATION_SECONDS(
      "budget.reservation.seconds",
      Kind.NUMBER,
      "900",
      "what is reserved for a call is free again when nothing was heard of it for so long"),
  BUDGET_LOAD(
      "budget.load",
      Kind.BUDGET_LOAD,
      "events",
      "events: of a budget that is new, what was spent in its window before is read from the events"
          + " file"),
  BUDGET_RUNAWAY_LIMIT(
      "budget.runaway.limit",
      Kind.USD,
      null,
      "what one call site may spend on one prompt in a minute, as $5; without it none is watched"),
  BUDGET_RUNAWAY_ACTION(
      "budget.runaway.action",
      Kind.RUNAWAY,
      "observe",
      "block: beyond that calls of that site with that prompt are refused for a while; observe: it"
          + " is only said"),
  BUDGET_RUNAWAY_SECONDS("budget.runaway.seconds", Kind.NUMBER, "300", "for how long, in seconds"),
  FINGERPRINT_SECRET(
      "fingerprint.secret",
      Kind.TEXT,
      null,
      "any text: programs that have the same tell providers' keys apart by the same fingerprints,"
          + " which budgets by key need; without it each program has fingerprints of its own"),
  ESTIMATE("estimate", Kind.FLAG, "true", "count tokens of streams that end without usage"),
  STREAM_USAGE(
      "stream.usage",
      Kind.STREAM_USAGE,
      "estimate",
      "request: ask for the usage of streams whose application did not, and hide the answer to that"
          + " from it"),
  STREAM_USAGE_HOSTS(
      "stream.usage.hosts",
      Kind.TEXT,
      null,
      "HOST[:PORT],...: ask those for the usage of streams too, not only *.api.openai.com"),
  SERVICE(
      "service",
      Kind.TEXT,
      null,
      "service name in events; default OTEL_SERVICE_NAME, else the main class or jar"),
  DEFAULTS_FEATURE("defaults.feature", Kind.TEXT, null, "feature of calls that name none"),
  DEFAULTS_ROUTE("defaults.route", Kind.TEXT, null, "route of calls that name none"),
  DEFAULTS_CUSTOMER_ID("defaults.customer.id", Kind.TEXT, null, "customer of calls that name none"),
  DEFAULTS_TEAM("defaults.team", Kind.TEXT, null, "team of calls that name none"),
  DEFAULTS_ENVIRONMENT(
      "defaults.environment",
      Kind.TEXT,
      null,
      "environment of calls that name none; default deployment.environment.name of the resource"),
  DEFAULTS_TAG("defaults.tag.", Kind.PREFIX, null, "a tag that every call has unless it sets it"),
  ANNOTATIONS(
      "annotations", Kind.FLAG, "true", "methods with @Attributed say who pays for their calls"),
  BAGGAGE(
      "baggage",
      Kind.FLAG,
      "true",
      "read costattr.feature, .route, .customer.id, .team, .environment and .tag.NAME of the"
          + " OpenTelemetry baggage of the thread that calls"),
  BAGGAGE_TRUST(
      "baggage.trust",
      Kind.TRUST,
      "off",
      "whose baggage header counts of requests that are served: nobody's, that of peers, or what is"
          + " signed with the key"),
  BAGGAGE_PEERS(
      "baggage.peers",
      Kind.TEXT,
      null,
      "ADDRESS[/BITS],...: the peers of baggage.trust=peers, by the socket's address; what headers"
          + " such as X-Forwarded-For say does not count"),
  BAGGAGE_HOSTS(
      "baggage.hosts",
      Kind.TEXT,
      null,
      "HOST[:PORT],*.DOMAIN[:PORT],...: add who pays to the baggage header of requests to those"
          + " services, never to providers"),
  BAGGAGE_KEY(
      "baggage.key",
      Kind.SECRET,
      null,
      "the key that services share, by which what they add is signed; better in the environment"),
  BAGGAGE_KEY_PREVIOUS(
      "baggage.key.previous",
      Kind.SECRET,
      null,
      "one that is believed as well, while the key is changed"),
  BAGGAGE_KEY_FILE(
      "baggage.key.file",
      Kind.TEXT,
      null,
      "a file that has the key in its first line, and one that is believed as well in a second, read"
          + " at the start; used when baggage.key is not set"),
  BAGGAGE_SIGNATURE_SECONDS(
      "baggage.signature.seconds",
      Kind.NUMBER,
      "60",
      "how old a signature may be when its request arrives, and how far clocks may differ"),
  ROUTE_REQUESTS(
      "route.requests",
      Kind.FLAG,
      "true",
      "a call that is made while a request is served has the route of that request: its template"),
  ROUTE_JOBS(
      "route.jobs",
      Kind.FLAG,
      "true",
      "a call that is made by a scheduled job has the route cron:NAME, by a listener for messages"
          + " queue:TOPIC"),
  CONTEXT_CARRY(
      "context.carry",
      Kind.FLAG,
      "true",
      "what a thread has in force goes along with the work that it hands to an executor"),
  DEBUG_CONTEXT_AGE(
      "debug.context.age",
      Kind.NUMBER,
      "0",
      "name every attribution that is in force on a thread of a pool for longer than so many"
          + " seconds, and where it was opened; 0: watch nothing"),
  POLICY_REQUIRED(
      "policy.required",
      Kind.DIMENSIONS,
      "feature+route+customer_id+team+environment",
      "the dimensions that every call must have"),
  POLICY_MISSING(
      "policy.missing",
      Kind.ACTION,
      "warn",
      "what becomes of a call without one of them: it is counted and its call site said (warn),"
          + " refused before anything is sent (reject), or neither (ignore)"),
  POLICY_ENVIRONMENT(
      "policy.environment.",
      Kind.POLICY,
      null,
      "policy.environment.NAME=reject customer_id: the same for calls of that environment"),
  POLICY_FEATURE(
      "policy.feature.",
      Kind.POLICY,
      null,
      "policy.feature.NAME=ignore: the same for calls of that feature, whatever their environment"),
  PROVIDERS(
      "providers.",
      Kind.PREFIX,
      null,
      "providers.HOST[:PORT][/PATH]=NAME: that host, port or path there speaks for NAME; none: calls there are"
          + " not counted"),
  AZURE_DEPLOYMENTS(
      "azure.deployments.",
      Kind.PREFIX,
      null,
      "azure.deployments.NAME=MODEL: the Azure deployment of that name is one of MODEL"),
  BATCH_LINE_FEATURE(
      "batch.line.feature",
      Kind.LINE_FIELD,
      null,
      "the field of a batch job's request that names its feature, where metadata.costattr.feature"
          + " does not"),
  BATCH_LINE_ROUTE(
      "batch.line.route", Kind.LINE_FIELD, null, "the same of its route, metadata.costattr.route"),
  BATCH_LINE_CUSTOMER_ID(
      "batch.line.customer.id",
      Kind.LINE_FIELD,
      null,
      "the same of its customer, metadata.costattr.customer.id"),
  BATCH_LINE_TEAM(
      "batch.line.team", Kind.LINE_FIELD, null, "the same of its team, metadata.costattr.team"),
  BATCH_LINE_ENVIRONMENT(
      "batch.line.environment",
      Kind.LINE_FIELD,
      null,
      "the same of its environment, metadata.costattr.environment"),
  BATCH_LINE_TAG(
      "batch.line.tag.",
      Kind.LINE_FIELD,
      null,
      "the same of the tag of that name, metadata.costattr.tag.NAME"),
  BATCH_LINES_MAX_BYTES(
      "batch.lines.max.bytes",
      Kind.NUMBER,
      "33554432",
      "memory for what the lines of uploaded batch files say of who pays; 0: they are not read"),
  METRICS_CUSTOMERS(
      "metrics.customers",
      Kind.NUMBER,
      "0",
      "put the first N customers on metrics, rest __other__"),
  OTEL_SPANS(
      "otel.spans",
      Kind.SPANS,
      "auto",
      "a call that a GenAI span of the application's own telemetry observes is written to that span"
          + " (enrich), has a span of the agent's (own), the latter where the former cannot be (auto),"
          + " or neither (off)"),
  OTEL_GENAI_METRICS(
      "otel.genai.metrics",
      Kind.SWITCH,
      "auto",
      "emit the conventional gen_ai.client.* metrics: always (on), never (off), or of calls that no"
          + " other instrumentation observes (auto)"),
  OTEL_SEMCONV_COST(
      "otel.semconv.cost", Kind.FLAG, "false", "also emit the proposed gen_ai.usage.cost.* names"),
  DISPATCHER(
      "dispatcher",
      Kind.DISPATCHER,
      "auto",
      "append: put the dispatcher on the boot class path, where defining it in java.base fails");

  /** What a value must look like. */
  public enum Kind {
    TEXT("any text"),
    FLAG("true or false"),
    NUMBER("a whole number, 0 or more"),
    LEVEL("off, warn, info or debug"),
    DISPATCHER("auto or append"),
    SPOOL("auto, off or a directory"),
    STREAM_USAGE("estimate or request"),
    UNPRICED("none or family"),
    BUDGET_STORE(
        "file, memory, redis://HOST[:PORT], jdbc:postgresql://HOST/DATABASE and what budgets.md says"),
    NAME("1 to 64 letters, digits, dots, dashes and underscores"),
    BUDGET_LOAD("events or none"),
    RUNAWAY("observe or block"),
    USD("an amount in USD above zero, as $5 or 0.25 USD"),
    TRUST("off, peers or signed"),
    SECRET("32 characters or more"),
    SPANS("auto, own, enrich or off"),
    SWITCH("auto, on or off"),
    DIMENSIONS("some of feature, route, customer_id, team and environment, with + between them"),
    ACTION("warn, reject or ignore"),
    POLICY("warn, reject or ignore, and behind a blank the dimensions that are required"),
    LINE_FIELD("metadata.KEY, user or safety_identifier"),
    PREFIX("any text");

    private final String allowed;

    Kind(String allowed) {
      this.allowed = allowed;
    }

    /** What is allowed, for messages. */
    public String allowed() {
      return allowed;
    }
  }

  /** The prefix of every key as a system property and in the file. */
  public static final String PREFIX = "costattr.";

  private static final List<Key> ALL = List.of(values());

  private final String id;
  private final Kind kind;
  private final @Nullable String defaultValue;
  private final String meaning;

  Key(String id, Kind kind, @Nullable String defaultValue, String meaning) {
    this.id = id;
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.meaning = meaning;
  }

  /** The key without its prefix: {@code events.file}. */
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether this is a family of keys, of which the rest is the user's own. */
  public boolean isFamily() {
    return id.endsWith(".");
  }

  /** The default, or null when there is none. */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /** One sentence on what it does. */
  public String meaning() {
    return meaning;
  }

  /** The key of that id, a family's by its prefix; null when there is none. */
  static @Nullable Key find(String id) {
    for (Key key : ALL) {
      if (key.isFamily()
          ? id.length() > key.id.length() && id.startsWith(key.id)
          : id.equals(key.id)) {
        return key;
      }
    }
    return null;
  }
}
