# Make a machine that is gone when its first process ends, and start systemd in it: this one's files
# under a layer in memory, with processes, names and a network of its own. Run by machine.py, as
#   unshare --kill-child --fork --pid --mount --net --cgroup --uts --ipc sh machine.sh FOLDER
set -eu
mount --make-rprivate /
mount -t tmpfs -o size=3g,mode=755 machine "$1"
mkdir "$1/over" "$1/work" "$1/root"
mount -t overlay -o "lowerdir=/,upperdir=$1/over,workdir=$1/work" machine "$1/root"
cd "$1/root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=755 dev dev
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
for device in null zero full random urandom tty; do
    touch "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
# Nothing of this machine's own starts there: only what the guide installs.
rm -rf etc/systemd/system/*.wants
: >etc/fstab
: >etc/machine-id
for unit in systemd-sysctl systemd-modules-load systemd-udevd systemd-timesyncd; do
    ln -sf /dev/null "etc/systemd/system/$unit.service"
done
mkdir before
pivot_root . before
umount -l before
echo started
exec env -i container=machine PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /usr/lib/systemd/systemd --unit=basic.target --log-target=journal
