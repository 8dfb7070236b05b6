package io.costattr.core.budget;

import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.attribution.Sources;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call that is about to be made, as tests describe one. */
final class CallTo {
  private String customer = ResolvedAttribution.UNATTRIBUTED;
  private String feature = "chat";
  private String route = "/chat";
  private String team = "search";
  private String environment = "production";
  private final Map<String, String> tags = new HashMap<>();
  private @Nullable String model;
  private String provider = "openai";
  private @Nullable String tier;
  private long textBytes = 400;
  private long outputLimit = Prospect.UNLIMITED;
  private @Nullable String site = "com.acme.Chat.ask:12";
  private @Nullable String key;
  private long prompt;
  private Instant at = Instant.parse("2026-11-23T10:00:00Z");

  private CallTo(@Nullable String model) {
    this.model = model;
  }

  static CallTo model(@Nullable String model) {
    return new CallTo(model);
  }

  CallTo by(String customer) {
    this.customer = customer;
    return this;
  }

  CallTo feature(String feature) {
    this.feature = feature;
    return this;
  }

  CallTo team(String team) {
    this.team = team;
    return this;
  }

  CallTo environment(String environment) {
    this.environment = environment;
    return this;
  }

  CallTo route(String route) {
    this.route = route;
    return this;
  }

  CallTo tag(String name, String value) {
    tags.put(name, value);
    return this;
  }

  CallTo of(String provider) {
    this.provider = provider;
    return this;
  }

  CallTo tier(String tier) {
    this.tier = tier;
    return this;
  }

  CallTo bytes(long textBytes) {
    this.textBytes = textBytes;
    return this;
  }

  CallTo atMost(long outputTokens) {
    outputLimit = outputTokens;
    return this;
  }

  CallTo from(@Nullable String site) {
    this.site = site;
    return this;
  }

  CallTo with(String key) {
    this.key = key;
    return this;
  }

  CallTo prompt(long fingerprint) {
    prompt = fingerprint;
    return this;
  }

  CallTo at(Instant at) {
    this.at = at;
    return this;
  }

  Prospect prospect() {
    return new Prospect(
        new ResolvedAttribution(
            feature, route, customer, team, environment, Map.copyOf(tags), Set.of(), Sources.NONE),
        provider,
        true,
        "api.openai.com",
        "chat",
        model,
        tier,
        textBytes,
        0,
        outputLimit,
        null,
        site,
        key,
        prompt,
        at);
  }
}
