package io.costattr.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServedTest {
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void takeAllAgain() {
    Served.take(true, true);
  }

  @Test
  void aCallHasTheRouteOfWhatIsServedWhileThatLasts() {
    Served request = request("/orders/{id}").enter();

    Attribution said = ContextSources.attribution();

    assertThat(said.route()).isEqualTo("/orders/{id}");
    assertThat(said.sources().of(Dimension.ROUTE)).isEqualTo(Source.ROUTE);
    Served.leave(request);
    assertThat(ContextSources.attribution()).isEqualTo(Attribution.NONE);
  }

  @Test
  void nothingIsAskedOfARequestThatMakesNoModelCall() {
    Served.leave(request("/orders/{id}").enter());

    assertThat(asked).hasValue(0);
  }

  @Test
  void ofSeveralWithinEachOtherTheOutermostCounts() {
    Served outer = request("/outer").enter();

    assertThat(Served.begins(Source.ROUTE)).isFalse();
    assertThat(Served.begins(Source.JOB)).isFalse();
    Served.leave(null);
    assertThat(ContextSources.attribution().route()).isEqualTo("/outer");

    Served.leave(outer);
    assertThat(Served.begins(Source.ROUTE)).isTrue();
  }

  @Test
  void aLibraryThatKnowsTheRouteBetterIsHeardWithinTheServersAndNotWithinAJob() {
    Served server = request("/api/*").enter();
    assertThat(Served.beginsWithin()).isTrue();
    Served library = request("/api/orders/{id}").enter();
    assertThat(ContextSources.attribution().route()).isEqualTo("/api/orders/{id}");

    Served.leave(library);
    assertThat(ContextSources.attribution().route()).isEqualTo("/api/*");
    Served.leave(server);
    assertThat(Served.current()).isNull();
  }

  @Test
  void aRequestIsInForceWhileItIsReadAndTheConnectionBeforeItAfterwards() {
    ReadRequest one = read();
    ReadRequest other = read();

    Object outer = ReadRequest.beginReading();
    assertThat(outer).isNotNull();
    one.resume();
    Object inner = ReadRequest.beginReading();
    assertThat(inner).isNotNull();
    other.resume();
    assertThat(Served.current()).isSameAs(other);
    ReadRequest.endReading(inner);
    assertThat(Served.current()).isSameAs(one);
    ReadRequest.endReading(outer);
    assertThat(Served.current()).isNull();
  }

  @Test
  void noneIsReadWithinAnotherServersRequest() {
    Served request = request("/orders/{id}").enter();

    assertThat(ReadRequest.beginReading()).isNull();

    Served.leave(request);
  }

  @Test
  void aRequestThatIsReadGoesAlongAlsoWhenItSaysNothing() {
    assertThat(read().known()).isNotNull();
    assertThat(request(null).known()).isNull();
  }

  @Test
  void requestsAreReadWhereTheyAreAskedForMoreThanTheirRoutes() {
    assertThat(ReadRequest.areTaken()).isFalse();
    Served.ruled(true);
    assertThat(ReadRequest.areTaken()).isTrue();
    Served.ruled(false);
  }

  private static ReadRequest read() {
    return new ReadRequest() {};
  }

  @Test
  void aRoamingRequestIsInForceWhereItIsAtWork() throws Exception {
    RoamingRequest one = roaming("/one");
    RoamingRequest other = roaming("/other");

    Object outer = one.resume();
    Object inner = other.resume();
    assertThat(ContextSources.attribution().route()).isEqualTo("/other");
    Object rested = other.rest();
    assertThat(Served.current()).isNull();
    RoamingRequest.pause(rested);
    assertThat(Served.current()).isSameAs(other);
    RoamingRequest.pause(inner);
    assertThat(ContextSources.attribution().route()).isEqualTo("/one");
    RoamingRequest.pause(one.resume());
    assertThat(Served.current()).isSameAs(one);
    RoamingRequest.pause(outer);
    assertThat(Served.current()).isNull();
    RoamingRequest.pause(null);
  }

  @Test
  void aRoamingRequestThatIsOverKnowsNothingButItsRoute() {
    RoamingRequest request = roaming("/one");
    assertThat(request.headers("any")).containsExactly("value");
    assertThat(request.path()).isEqualTo("/path");
    assertThat(request.method()).isEqualTo("GET");

    request.over();

    Object resumed = request.resume();
    assertThat(Served.current()).isNull();
    RoamingRequest.pause(resumed);
    assertThat(request.headers("any")).isEmpty();
    assertThat(request.path()).isNull();
    assertThat(request.method()).isNull();
    assertThat(request.route()).isEqualTo("/one");
  }

  private static RoamingRequest roaming(String route) {
    return new RoamingRequest() {
      @Override
      protected String route() {
        return route;
      }

      @Override
      protected List<String> headersOf(String name) {
        return List.of("value");
      }

      @Override
      protected String pathOf() {
        return "/path";
      }

      @Override
      protected String methodOf() {
        return "GET";
      }
    };
  }

  @Test
  void whatIsNotWantedDoesNotBegin() {
    Served.take(false, true);
    assertThat(Served.begins(Source.ROUTE)).isFalse();
    assertThat(Served.begins(Source.JOB)).isTrue();
    Served.take(true, false);
    assertThat(Served.begins(Source.ROUTE)).isTrue();
    assertThat(Served.begins(Source.JOB)).isFalse();
  }

  @Test
  void aRouteThatIsNotKnownTooLongOrCannotBeReadIsNone() {
    for (Served served :
        new Served[] {
          request(null),
          request("/" + "x".repeat(256)),
          new Served(Source.ROUTE) {
            @Override
            protected String route() {
              throw new IllegalStateException("the request is recycled");
            }
          }
        }) {
      served.enter();
      assertThat(ContextSources.attribution()).isEqualTo(Attribution.NONE);
      Served.leave(served);
    }
  }

  @Test
  void anotherThreadServesNothing() throws Exception {
    Served request = request("/orders").enter();
    AtomicInteger routes = new AtomicInteger();
    Thread other =
        new Thread(
            () -> {
              if (ContextSources.attribution().route() != null) {
                routes.incrementAndGet();
              }
            });
    other.start();
    other.join();

    assertThat(routes).hasValue(0);
    Served.leave(request);
  }

  private Served request(@Nullable String route) {
    return new Served(Source.ROUTE) {
      @Override
      protected @Nullable String route() {
        asked.incrementAndGet();
        return route;
      }
    };
  }
}
