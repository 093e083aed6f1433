/* Peterson's lock for four processes, taken again and again: the steps of peterson4.race, written for SPIN by hand. */
byte level[4];
byte last[4] = 255;
byte inside;

#define door(n) \
    level[_pid] = n; \
    last[n] = _pid; \
    (level[(_pid < 1 -> 1 : 0)] < n || last[n] != _pid); \
    (level[(_pid < 2 -> 2 : 1)] < n || last[n] != _pid); \
    (level[(_pid < 3 -> 3 : 2)] < n || last[n] != _pid)

active [4] proctype process() {
  do
  :: skip;
    door(1);
    door(2);
    door(3);
    d_step { inside = inside + 1; assert(inside == 1) };
    inside = inside - 1;
    level[_pid] = 0
  od
}
