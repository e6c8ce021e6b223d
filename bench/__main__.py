import subprocess
import sys

for name in ("pages", "outbox", "results"):
    subprocess.run([sys.executable, "-W", "ignore", "-m", f"bench.{name}"], check=True)
