package io.costattr.advice.serving;

import io.costattr.core.attribution.Served;
import io.costattr.core.attribution.Source;

/** A scheduled job, by its name. */
final class Job extends Served {
  private final String name;

  Job(String name) {
    super(Source.JOB);
    this.name = name;
  }

  @Override
  protected String route() {
    return "cron:" + name;
  }
}
