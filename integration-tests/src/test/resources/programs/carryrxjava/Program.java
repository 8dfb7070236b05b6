import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.ReplaySubject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** RxJava's hops by several customers on the same schedulers, and sources that they share. */
public final class Program {
  private static final String NOBODY = "(unattributed)";
  private static final AtomicInteger RIGHT = new AtomicInteger();
  private static final int CUSTOMERS = 40;
  private static String base = "";

  public static void main(String[] arguments) throws Exception {
    base = arguments[0];
    List<CompletableFuture<?>> all = new ArrayList<>();
    Scheduler[] schedulers = {
      Schedulers.io(),
      Schedulers.computation(),
      Schedulers.single(),
      Schedulers.newThread(),
      Schedulers.from(Executors.newFixedThreadPool(2))
    };
    for (Scheduler scheduler : schedulers) {
      for (int i = 0; i < CUSTOMERS; i++) {
        String customer = i % 6 == 0 ? NOBODY : "rx-" + i;
        if (i % 6 == 0) {
          hops(scheduler, customer, all);
        } else {
          try (Scope scope = AttributionContext.with(is(customer))) {
            hops(scheduler, customer, all);
          }
        }
      }
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    shared();
    for (Scheduler scheduler : schedulers) {
      tasks(scheduler);
    }
    said("afterwards", NOBODY, now());
    System.out.println("right " + RIGHT);
    System.exit(0);
  }

  private static Attribution is(String customer) {
    return Attribution.builder().customerId(customer).build();
  }

  private static String now() {
    String customer = AttributionContext.current().customerId();
    return customer == null ? NOBODY : customer;
  }

  private static void said(String what, String expected, String actual) {
    if (expected.equals(actual)) {
      RIGHT.incrementAndGet();
    } else {
      System.out.println("WRONG " + what + ": expected " + expected + ", was " + actual);
    }
  }

  private static <T> T seen(String what, String customer, T value) {
    said(what, customer, now());
    return value;
  }

  private static String model(String customer) {
    return ModelCall.make(base, customer);
  }

  private static void hops(Scheduler scheduler, String customer, List<CompletableFuture<?>> all) {
    CompletableFuture<Object> flowable = new CompletableFuture<>();
    Flowable.range(0, 5)
        .subscribeOn(scheduler)
        .map(n -> seen("Flowable.subscribeOn", customer, n))
        .observeOn(scheduler)
        .map(n -> seen("Flowable.observeOn", customer, n))
        .filter(n -> seen("Flowable.filter", customer, n) < 3)
        .flatMap(
            n ->
                Flowable.fromCallable(() -> seen("Flowable.fromCallable", customer, n))
                    .subscribeOn(scheduler))
        .delay(1, TimeUnit.MILLISECONDS)
        .map(n -> seen("Flowable.delay", customer, n))
        .parallel(2)
        .runOn(scheduler)
        .map(n -> n)
        .sequential()
        .map(n -> seen("Flowable.sequential", customer, n))
        .toList()
        .subscribe(flowable::complete, flowable::completeExceptionally);
    all.add(flowable);
    CompletableFuture<Object> observable = new CompletableFuture<>();
    int[] tries = {0};
    Observable.fromArray(0, 1, 2)
        .subscribeOn(scheduler)
        .map(n -> seen("Observable.subscribeOn", customer, n))
        .observeOn(Schedulers.io())
        .map(n -> seen("Observable.observeOn", customer, n))
        .concatMapSingle(
            n ->
                Single.timer(1, TimeUnit.MILLISECONDS, scheduler)
                    .map(late -> seen("Single.timer", customer, n)))
        .doOnNext(
            n -> {
              if (tries[0]++ < 2) {
                throw new IllegalStateException();
              }
            })
        .retryWhen(errors -> errors.delay(1, TimeUnit.MILLISECONDS, scheduler))
        .map(n -> seen("Observable.retryWhen", customer, n))
        .toList()
        .subscribe(observable::complete, observable::completeExceptionally);
    all.add(observable);
    CompletableFuture<Object> single = new CompletableFuture<>();
    Single.fromCallable(() -> model(customer))
        .subscribeOn(scheduler)
        .map(text -> seen("Single.subscribeOn", customer, text))
        .observeOn(Schedulers.computation())
        .flatMap(text -> Single.fromCallable(() -> model(customer)).subscribeOn(Schedulers.io()))
        .map(text -> seen("Single.flatMap", customer, text))
        .subscribe(single::complete, single::completeExceptionally);
    all.add(single);
    CompletableFuture<Object> maybe = new CompletableFuture<>();
    Maybe.fromCallable(() -> seen("Maybe.fromCallable", customer, 1))
        .subscribeOn(scheduler)
        .observeOn(Schedulers.computation())
        .flatMapCompletable(
            n ->
                Completable.fromAction(() -> seen("Completable.fromAction", customer, 1))
                    .subscribeOn(scheduler)
                    .observeOn(Schedulers.io()))
        .andThen(Completable.timer(1, TimeUnit.MILLISECONDS, scheduler))
        .subscribe(
            () -> {
              said("Completable's end", customer, now());
              maybe.complete(1);
            },
            maybe::completeExceptionally);
    all.add(maybe);
  }

  private static void shared() throws Exception {
    Single<String> cached = Single.fromCallable(() -> "x").delay(20, TimeUnit.MILLISECONDS).cache();
    Observable<String> published =
        Observable.just("x", "y").delay(20, TimeUnit.MILLISECONDS).publish().refCount(2);
    Flowable<String> replayed =
        Flowable.just("x", "y").delay(20, TimeUnit.MILLISECONDS).replay().refCount(2);
    PublishSubject<String> subject = PublishSubject.create();
    ReplaySubject<String> replay = ReplaySubject.create();
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (String customer : new String[] {"first", NOBODY, "second"}) {
      Runnable subscribe =
          () -> {
            CompletableFuture<Object> one = new CompletableFuture<>();
            cached
                .map(x -> seen("a cached one", customer, x))
                .subscribe(one::complete, one::completeExceptionally);
            all.add(one);
            if (!customer.equals(NOBODY)) {
              CompletableFuture<Object> two = new CompletableFuture<>();
              published
                  .map(x -> seen("a published one", customer, x))
                  .toList()
                  .subscribe(two::complete, two::completeExceptionally);
              all.add(two);
              CompletableFuture<Object> three = new CompletableFuture<>();
              replayed
                  .map(x -> seen("a replayed one", customer, x))
                  .toList()
                  .subscribe(three::complete, three::completeExceptionally);
              all.add(three);
            }
            subject.map(x -> seen("a subject's", customer, x)).subscribe();
            replay.map(x -> seen("a replaying subject's", customer, x)).subscribe();
          };
      if (customer.equals(NOBODY)) {
        subscribe.run();
      } else {
        AttributionContext.run(is(customer), subscribe);
      }
    }
    try (Scope scope = AttributionContext.with(is("third"))) {
      subject.onNext("x");
      replay.onNext("x");
      said("who told", "third", now());
    }
    for (CompletableFuture<?> one : all) {
      one.get(60, TimeUnit.SECONDS);
    }
    try (Scope scope = AttributionContext.with(is("later"))) {
      cached.map(x -> seen("a cached one, later", "later", x)).blockingGet();
      replay.take(1).map(x -> seen("a replaying subject's, later", "later", x)).blockingFirst();
    }
  }

  private static void tasks(Scheduler scheduler) throws Exception {
    CompletableFuture<String> direct = new CompletableFuture<>();
    CompletableFuture<String> delayed = new CompletableFuture<>();
    CompletableFuture<String> worker = new CompletableFuture<>();
    CompletableFuture<String> periodic = new CompletableFuture<>();
    try (Scope scope = AttributionContext.with(is("task"))) {
      scheduler.scheduleDirect(() -> direct.complete(now()));
      scheduler.scheduleDirect(() -> delayed.complete(now()), 1, TimeUnit.MILLISECONDS);
      scheduler.createWorker().schedule(() -> worker.complete(now()));
      scheduler.schedulePeriodicallyDirect(() -> periodic.complete(now()), 0, 1, TimeUnit.HOURS);
    }
    said(
        "a task on " + scheduler.getClass().getSimpleName(),
        "task",
        direct.get(60, TimeUnit.SECONDS));
    said("a delayed task", "task", delayed.get(60, TimeUnit.SECONDS));
    said("a worker's task", "task", worker.get(60, TimeUnit.SECONDS));
    said("a periodic task", NOBODY, periodic.get(60, TimeUnit.SECONDS));
  }
}
