import io.costattr.api.Attribution
import io.costattr.api.AttributionContext
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

/** Coroutines of several customers on the same dispatchers, each with its own wherever it runs. */
object Program {
  private const val NOBODY = "(unattributed)"

  private fun who(customer: String) = Attribution.builder().customerId(customer).build()

  private fun now(): String = AttributionContext.current().customerId() ?: NOBODY

  private val right = AtomicInteger()

  private fun said(what: String, expected: String, actual: String) {
    if (expected == actual) right.incrementAndGet() else println("WRONG $what: expected $expected, was $actual")
  }

  private suspend fun hops(customer: String) {
    said("at first", customer, now())
    repeat(3) {
      delay(1)
      said("after a delay", customer, now())
      withContext(Dispatchers.IO) {
        said("in withContext", customer, now())
        delay(1)
        said("in withContext, later", customer, now())
      }
      yield()
      said("after withContext", customer, now())
    }
    coroutineScope {
      launch { said("a child", customer, now()) }
      val answer = async(Dispatchers.IO) { delay(1); now() }
      said("an answer", customer, answer.await())
      launch(Dispatchers.Unconfined) {
        delay(1)
        said("unconfined", customer, now())
      }
      launch(start = CoroutineStart.UNDISPATCHED) {
        said("undispatched", customer, now())
        delay(1)
        said("undispatched, later", customer, now())
      }
    }
    flow {
      repeat(3) {
        delay(1)
        said("a flow", customer, now())
        emit(it)
      }
    }
      .map { said("a flow's map", customer, now()); it }
      .flowOn(Dispatchers.IO)
      .collect { said("a collector", customer, now()) }
    AttributionContext.with(who("inner")).use {
      said("within a scope", "inner", now())
      withContext(Dispatchers.IO) {
        delay(1)
        said("withContext within a scope", "inner", now())
      }
    }
    said("after a scope", customer, now())
    withTimeout(60_000) {
      delay(1)
      said("within a timeout", customer, now())
    }
    supervisorScope {
      launch { delay(1); said("supervised", customer, now()) }
    }
    AttributionContext.with(who("inner")).use {
      withContext(EmptyCoroutineContext) {
        delay(1)
        said("withContext of nothing", "inner", now())
      }
    }
  }

  /** A scope that is open when its coroutine is suspended must not reach the thread's next one. */
  private suspend fun leaveOpen() {
    AttributionContext.with(who("left open"))
    // Always suspends, which a delay that is over already does not.
    yield()
    said("after a suspension in a scope", NOBODY, now())
  }

  @JvmStatic
  fun main(arguments: Array<String>) {
    val single = Executors.newSingleThreadExecutor()
    val dispatchers = listOf(Dispatchers.Default, Dispatchers.IO, single.asCoroutineDispatcher())
    val application = CoroutineScope(Dispatchers.Default)
    for (dispatcher in dispatchers) {
      val jobs = (0 until 60).map { i ->
        val customer = if (i % 6 == 0) NOBODY else "customer-$i"
        if (i % 6 == 0) {
          application.launch(dispatcher) { hops(NOBODY) }
        } else {
          AttributionContext.with(who(customer)).use {
            application.launch(dispatcher) { hops(customer) }
          }
        }
      }
      runBlocking {
        jobs.joinAll()
        (0 until 4).map { application.async(dispatcher) { leaveOpen() } }.awaitAll()
        (0 until 8).map { application.async(dispatcher) { said("afterwards", NOBODY, now()) } }.awaitAll()
      }
    }
    AttributionContext.with(who("blocking")).use {
      runBlocking {
        said("runBlocking", "blocking", now())
        delay(1)
        said("runBlocking, later", "blocking", now())
        withContext(Dispatchers.Default) { said("withContext in it", "blocking", now()) }
      }
      said("after runBlocking", "blocking", now())
      // Of nobody's, by a scope that was made before.
      runBlocking { AttributionContext.with(who("other")).use { application.async { now() } }
        .let { said("a scope of the application's", "other", it.await()) } }
      said("after that", "blocking", now())
    }
    said("at last", NOBODY, now())
    single.submit { said("the executor's next task", NOBODY, now()) }.get()
    println("right $right")
    System.exit(0)
  }
}
