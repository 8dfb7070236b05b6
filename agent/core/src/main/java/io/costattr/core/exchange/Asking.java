package io.costattr.core.exchange;

import io.costattr.core.Log;
import io.costattr.core.attribution.ResolvedAttribution;
import io.costattr.core.budget.Budgets;
import io.costattr.core.budget.Decision;
import io.costattr.core.budget.Prospect;
import io.costattr.core.dialect.Dialect;
import io.costattr.core.dialect.Reading;
import io.costattr.core.dialect.Route;
import io.costattr.core.dialect.Transcript;
import io.costattr.core.exchange.Exchange.Headers;
import io.costattr.core.scan.RequestScanner;
import org.jspecify.annotations.Nullable;

/**
 * One question to the budgets, with what a request says before it is sent. Used by the thread that
 * makes the attempt.
 */
final class Asking {
  /** A body that is longer is not read ahead: of what it says, only its length is known. */
  static final long MOST = 32 << 20;

  private final Exchange exchange;
  private final Preview preview;
  private final Reading read;

  /** Null where the request has been read already. */
  private final @Nullable FingerprintedReader reader;

  private Asking(
      Exchange exchange, Preview preview, Reading read, @Nullable FingerprintedReader reader) {
    this.exchange = exchange;
    this.preview = preview;
    this.read = read;
    this.reader = reader;
  }

  /** Of a request that is read ahead as far as the preview goes. */
  static Asking of(Exchange exchange, Preview preview) {
    Reading read = new Reading();
    return new Asking(
        exchange,
        preview,
        read,
        new FingerprintedReader(
            new RequestScanner(exchange.route().dialect().requestShape(), read)));
  }

  /** Of a request that has been read; its text is the exchange's to release. */
  static Asking ofRead(Exchange exchange, Headers head) {
    return new Asking(exchange, Preview.ofHead(head, -1), exchange.request(), null);
  }

  /** Nothing more is wanted of what was read ahead. */
  void release() {
    if (reader != null) {
      read.text().release();
    }
  }

  /** What the request says, as far as it was read. */
  Reading read() {
    return read;
  }

  /** What becomes of the attempt. */
  Decision ask(Budgets budgets, ResolvedAttribution who) {
    boolean whole = reader == null;
    if (reader != null && readAhead(preview, reader)) {
      read.finish();
      whole = true;
    }
    return budgets.admit(prospect(who, whole, budgets.asksForKeys()));
  }

  private boolean readAhead(Preview shown, FingerprintedReader ahead) {
    Preview.Body body = shown.body();
    if (body == null || shown.length() > MOST) {
      return false;
    }
    try {
      ObservedBody observed =
          ObservedBody.ofPreview(exchange, ahead, shown.headers().first("content-encoding"));
      body.show(observed);
      observed.ended();
      return ahead.isWhole();
    } catch (Exception unreadable) {
      // It will say so to the client as well.
      Log.debug("a request is not read ahead: " + unreadable);
      return false;
    }
  }

  private Prospect prospect(ResolvedAttribution who, boolean whole, boolean withKey) {
    Start start = exchange.start();
    Route route = start.route();
    Dialect dialect = route.dialect();
    Transcript said = dialect.transcript(route, read, new Reading());
    String model = said.deploymentModel() != null ? said.deploymentModel() : said.requestModel();
    String tier = said.requestedTier();
    return new Prospect(
        who,
        route.provider(),
        dialect.hasOpenAiModels(),
        start.host(),
        route.endpoint().id(),
        model,
        tier == null ? null : dialect.tier(tier),
        whole ? read.text().bytesSeen() : length(),
        0,
        outputLimit(said),
        said.besides().asked(),
        start.call().callSite(),
        withKey ? Fingerprints.ofKey(preview.headers()) : null,
        whole && reader != null ? reader.fingerprint() : 0,
        start.at());
  }

  /** Of the body in bytes, 0 when that is not known. */
  private long length() {
    if (preview.length() >= 0) {
      return preview.length();
    }
    String said = preview.headers().first("content-length");
    try {
      return said == null ? 0 : Math.max(0, Long.parseLong(said.strip()));
    } catch (NumberFormatException invalid) {
      return 0;
    }
  }

  private long outputLimit(Transcript said) {
    Long limit = said.besides().outputLimit();
    if (limit != null && limit > 0) {
      return limit;
    }
    return switch (exchange.route().endpoint()) {
      case EMBEDDINGS, MODERATION, CONTAINER -> 0;
      default -> Prospect.UNLIMITED;
    };
  }
}
